'use client';

import { ACCOUNT_PAGES, type Account } from '@parley/proto/rest';
import Link from 'next/link';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { MALFORMED } from '../../browser/links/link-token.ts';
import { useLinkToken } from '../../hooks/page/use-link-token.ts';
import { useWords } from '../../hooks/use-words.ts';
import { nameInWords } from '../../words/name-words.ts';
import { Button } from '../basics/button.tsx';
import { AccountForm } from '../account-parts/account-form.tsx';
import { AccountFrame } from '../account-parts/account-frame.tsx';
import { BrokenLink } from '../account-parts/broken-link.tsx';
import { PageLink } from '../account-parts/page-link.tsx';

/**
 * Makes the account that the link of a mail belongs to. It waits for a press: programs that look through mails open their links, and a link of
 * somebody else must not log anybody in.
 */
export function ConfirmPage() {
  const words = useWords();
  const { t } = words;
  const token = useLinkToken();
  const [account, setAccount] = useState<Account | null>(null);
  const links = (
    <>
      <PageLink href={ACCOUNT_PAGES.logIn}>{t('accounts.toLogIn')}</PageLink>
      <PageLink href={ACCOUNT_PAGES.invitation}>{t('accounts.toRegister')}</PageLink>
    </>
  );
  if (account !== null)
    return (
      <AccountFrame
        title={t('accounts.confirm.done.title', { name: nameInWords(words, account.displayName) })}
        intro={t('accounts.confirm.done.advice')}
      >
        <Button asChild tone="primary" size="large">
          <Link href="/">{t('room.toStart')}</Link>
        </Button>
      </AccountFrame>
    );
  if (token === null || token === MALFORMED) return <BrokenLink links={links} />;
  return (
    <AccountFrame title={t('accounts.confirm.title')} intro={t('accounts.confirm.intro')} links={links}>
      <AccountForm
        step="confirm"
        submitWords={t('accounts.confirm.submit')}
        read={() => ({ value: token ?? '' })}
        send={async (given) => setAccount(await pageSession.confirmRegistration(given))}
      >
        {() => null}
      </AccountForm>
    </AccountFrame>
  );
}
