'use client';

import { ACCOUNT_PAGES } from '@parley/proto/rest';
import Link from 'next/link';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { MALFORMED } from '../../browser/links/link-token.ts';
import { useLinkToken } from '../../hooks/page/use-link-token.ts';
import { useWords } from '../../hooks/use-words.ts';
import { readNewPassword } from '../../words/account-words.ts';
import { Button } from '../basics/button.tsx';
import { AccountForm, refused } from '../account-parts/account-form.tsx';
import { AccountFrame } from '../account-parts/account-frame.tsx';
import { BrokenLink } from '../account-parts/broken-link.tsx';
import { NewPasswordField } from '../account-parts/fields.tsx';
import { FORGOT_PAGE } from '../../browser/links/account-pages.ts';
import { PageLink } from '../account-parts/page-link.tsx';

/** Sets another password by the link of a mail, or by one that an operator handed over. */
export function ResetPage() {
  const words = useWords();
  const { t } = words;
  const token = useLinkToken();
  const [isSaved, setSaved] = useState(false);
  const links = <PageLink href={FORGOT_PAGE}>{t('accounts.reset.again')}</PageLink>;

  if (isSaved)
    return (
      <AccountFrame title={t('accounts.reset.done.title')} intro={t('accounts.reset.done.advice')}>
        <Button asChild tone="primary" size="large">
          <Link href={ACCOUNT_PAGES.logIn}>{t('accounts.toLogIn')}</Link>
        </Button>
      </AccountFrame>
    );
  if (token === null || token === MALFORMED) return <BrokenLink links={links} />;
  return (
    <AccountFrame title={t('accounts.reset.title')} intro={t('accounts.reset.intro')} links={links}>
      <AccountForm
        step="reset"
        submitWords={t('accounts.reset.submit')}
        read={(typed) => {
          const { value, problem } = readNewPassword(words, typed('new-password'));
          if (problem !== null) return refused({ 'new-password': problem });
          return { value: { token: token ?? '', newPassword: value } };
        }}
        send={async (given) => {
          await pageSession.resetPassword(given);
          setSaved(true);
        }}
      >
        {(field) => <NewPasswordField label={t('accounts.newPassword')} {...field('new-password')} />}
      </AccountForm>
    </AccountFrame>
  );
}
