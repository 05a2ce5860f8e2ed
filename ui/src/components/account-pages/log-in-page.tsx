'use client';

import { ACCOUNT_PAGES } from '@parley/proto/rest';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { nextPage, takeNextPage, withNext } from '../../browser/links/next-page.ts';
import { useAccountOptions } from '../../hooks/use-account-options.ts';
import { useSession } from '../../hooks/use-session.ts';
import { useWords } from '../../hooks/use-words.ts';
import { nameInWords } from '../../words/name-words.ts';
import { providerError, refusalWords } from '../../words/account-words.ts';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { WaitingNote } from '../page/waiting-note.tsx';
import { AccountFrame } from '../account-parts/account-frame.tsx';
import { AccountsAway } from '../account-parts/accounts-away.tsx';
import { LogInForm } from './log-in-form.tsx';
import { FORGOT_PAGE } from '../../browser/links/account-pages.ts';
import { PageLink } from '../account-parts/page-link.tsx';
import { ProviderLink } from '../account-parts/provider-link.tsx';

/** The page on which people log in, also after the way through a provider. */
export function LogInPage() {
  const { t } = useWords();
  const router = useRouter();
  const search = useSearchParams().toString();
  const next = nextPage(search);
  const isBack = useSearchParams().get('openid') === 'done';
  const [isEntering, setEntering] = useState(isBack);

  useEffect(() => {
    if (!isBack) return;
    void pageSession.resume().then(({ status }) => {
      if (status === 'logged-in') router.replace(takeNextPage());
      else setEntering(false);
    });
  }, [isBack, router]);

  if (isEntering)
    return (
      <AccountFrame title={t('accounts.logIn.title')}>
        <WaitingNote>{t('accounts.logIn.entering')}</WaitingNote>
      </AccountFrame>
    );
  const goOn = () => {
    setEntering(true);
    router.replace(next);
  };
  return <LogIn next={next} search={search} onDone={goOn} />;
}

type LogInProps = { next: string; search: string; onDone: () => void };

function LogIn({ next, search, onDone }: LogInProps) {
  const words = useWords();
  const { t } = words;
  const { status, account } = useSession();
  const { options } = useAccountOptions();
  const links = (
    <>
      <PageLink href={FORGOT_PAGE}>{t('accounts.toForgot')}</PageLink>
      {options?.registration === 'open' || options?.setupNeeded === true ? (
        <PageLink href={withNext(ACCOUNT_PAGES.invitation, next)}>{t('accounts.toRegister')}</PageLink>
      ) : null}
    </>
  );
  if (status === 'logged-in' && account !== null)
    return (
      <AccountFrame
        title={t('accounts.logIn.title')}
        intro={t('accounts.logIn.already', { name: nameInWords(words, account.displayName) })}
      >
        <Button tone="primary" size="large" onClick={onDone}>
          {t('accounts.logIn.goOn')}
        </Button>
      </AccountFrame>
    );
  return (
    <AccountFrame
      title={t('accounts.logIn.title')}
      intro={options?.setupNeeded === true ? t('accounts.logIn.setUp') : undefined}
      links={links}
    >
      {options?.available === false ? <AccountsAway /> : null}
      <FormerError search={search} />
      <ProviderLink options={options} next={next} />
      <LogInForm onDone={onDone} />
    </AccountFrame>
  );
}

/** Why the log-in that was under way before did not come to an end: that of a provider, or the one that this browser remembers. */
function FormerError({ search }: { search: string }) {
  const words = useWords();
  const { error: ofSession } = useSession();
  const ofProvider = providerError(search);
  if (ofProvider !== null)
    return <ErrorNote error={ofProvider} words={refusalWords(words, ofProvider, 'provider')} />;
  return ofSession === null ? null : <ErrorNote error={ofSession} />;
}
