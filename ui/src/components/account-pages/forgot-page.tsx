'use client';

import { ACCOUNT_PAGES } from '@parley/proto/rest';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { useAccountOptions } from '../../hooks/use-account-options.ts';
import { useWords } from '../../hooks/use-words.ts';
import { readEmail } from '../../words/account-words.ts';
import { AccountForm, refused } from '../account-parts/account-form.tsx';
import { AccountFrame } from '../account-parts/account-frame.tsx';
import { AccountsAway } from '../account-parts/accounts-away.tsx';
import { EmailField } from '../account-parts/fields.tsx';
import { LookIntoMail } from '../account-parts/look-into-mail.tsx';
import { OptionsAwaited } from '../account-parts/options-awaited.tsx';
import { PageLink } from '../account-parts/page-link.tsx';

/** Asks for a mail with a link for another password. */
export function ForgotPage() {
  const words = useWords();
  const { t } = words;
  const { options, error } = useAccountOptions();
  const [email, setEmail] = useState('');
  const [isWritten, setWritten] = useState(false);
  const title = t('accounts.forgot.title');
  const links = <PageLink href={ACCOUNT_PAGES.logIn}>{t('accounts.toLogIn')}</PageLink>;

  if (isWritten) return <LookIntoMail about="forgot" email={email} onBack={() => setWritten(false)} />;
  if (options === null) return <OptionsAwaited title={title} links={links} error={error} />;
  if (options.available && !options.mail)
    return (
      <AccountFrame
        title={t('accounts.forgot.noMail.title')}
        intro={t('accounts.forgot.noMail.advice')}
        links={links}
      />
    );
  return (
    <AccountFrame title={title} intro={t('accounts.forgot.intro')} links={links}>
      {options.available ? null : <AccountsAway />}
      <AccountForm
        step="log-in"
        submitWords={t('accounts.forgot.submit')}
        read={(typed) => {
          const { value, problem } = readEmail(words, typed('email'));
          return problem === null ? { value } : refused({ email: problem });
        }}
        send={async (address) => {
          await pageSession.requestPasswordReset(address);
          setEmail(address);
          setWritten(true);
        }}
      >
        {(field) => <EmailField value={email} {...field('email')} />}
      </AccountForm>
    </AccountFrame>
  );
}
