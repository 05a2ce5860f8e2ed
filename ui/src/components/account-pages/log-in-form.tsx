'use client';

import { pageSession } from '../../account/page-session.ts';
import { useWords } from '../../hooks/use-words.ts';
import { readEmail, readPassword } from '../../words/account-words.ts';
import { AccountForm, refused } from '../account-parts/account-form.tsx';
import { EmailField } from '../account-parts/fields.tsx';
import { PasswordField } from '../account-parts/password-field.tsx';

export function LogInForm({ onDone }: { onDone: () => void }) {
  const words = useWords();
  const { t } = words;
  return (
    <AccountForm
      step="log-in"
      submitWords={t('accounts.toLogIn')}
      read={(typed) => {
        const email = readEmail(words, typed('email'));
        const password = readPassword(words, typed('password'));
        if (email.problem === null && password.problem === null)
          return { value: { email: email.value, password: password.value } };
        return refused({ email: email.problem, password: password.problem });
      }}
      send={async (person) => {
        await pageSession.logIn(person);
        onDone();
      }}
    >
      {(field) => (
        <>
          <EmailField {...field('email')} />
          <PasswordField
            label={t('accounts.password')}
            name="password"
            autoComplete="current-password"
            {...field('password')}
          />
        </>
      )}
    </AccountForm>
  );
}
