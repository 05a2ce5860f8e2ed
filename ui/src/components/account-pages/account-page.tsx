'use client';

import type { Account, ErasureReport } from '@parley/proto/rest';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { dateWords } from '../../format/days.ts';
import { useSession } from '../../hooks/use-session.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { FocusedHeading } from '../page/focused-heading.tsx';
import { LogInLink } from '../page/log-in-link.tsx';
import { PageShell } from '../page/page-shell.tsx';
import { WaitingNote } from '../page/waiting-note.tsx';
import { AccountFrame } from '../account-parts/account-frame.tsx';
import { DeleteSection } from './delete-section.tsx';
import { ErasedPage } from './erased-page.tsx';
import { LogOutSection } from './log-out-section.tsx';
import { NameSection } from './name-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SessionsSection } from './sessions-section.tsx';

/** The account of the person who is logged in; what was erased, once it is deleted. */
export function AccountPage() {
  const { t } = useWords();
  const { status, account, error } = useSession();
  const [report, setReport] = useState<ErasureReport | null>(null);
  if (report !== null) return <ErasedPage report={report} />;
  if (account !== null) return <OwnAccount account={account} onDeleted={setReport} />;
  if (status === 'guest') return <NotLoggedIn />;
  return (
    <AccountFrame title={t('accounts.account.title')}>
      {error === null ? (
        <WaitingNote>{t('accounts.loading')}</WaitingNote>
      ) : (
        <ErrorNote error={error}>
          <Button size="small" onClick={() => void pageSession.resume()}>
            {t('basics.tryAgain')}
          </Button>
        </ErrorNote>
      )}
    </AccountFrame>
  );
}

function NotLoggedIn() {
  const { t } = useWords();
  return (
    <AccountFrame title={t('accounts.account.guest.title')} intro={t('accounts.account.guest.advice')}>
      <LogInLink tone="primary" size="large" />
    </AccountFrame>
  );
}

type OwnAccountProps = { account: Account; onDeleted: (report: ErasureReport) => void };

function OwnAccount({ account, onDeleted }: OwnAccountProps) {
  const words = useWords();
  const { t } = words;
  return (
    <PageShell>
      <div className="mx-auto flex w-full max-w-xl flex-col gap-5">
        <header>
          <FocusedHeading className="rounded text-3xl font-semibold tracking-tight outline-none">
            {t('accounts.account.title')}
          </FocusedHeading>
          <p className="mt-2 wrap-anywhere text-ink-soft">
            <bdi>{account.email}</bdi>
          </p>
          <p className="text-sm text-ink-faint">
            {t('accounts.account.since', { date: dateWords(words, account.createdAt) })}
          </p>
          {account.isOperator ? (
            <p className="mt-1 text-sm text-ink-soft">{t('accounts.account.operator')}</p>
          ) : null}
        </header>
        <NameSection account={account} />
        <PasswordSection account={account} />
        <SessionsSection />
        <LogOutSection />
        <DeleteSection account={account} onDeleted={onDeleted} />
      </div>
    </PageShell>
  );
}
