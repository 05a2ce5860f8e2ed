'use client';

import { forgetAccountOptions } from '../../account/account-options.ts';
import { pageSession } from '../../account/page-session.ts';
import { useWords } from '../../hooks/use-words.ts';
import type { Admission } from '../../selectors/registration-way.ts';
import { readEmail, readNewPassword, type AccountStep } from '../../words/account-words.ts';
import { readName } from '../../words/name-words.ts';
import { TextField } from '../basics/text-field.tsx';
import { AccountForm, refused } from '../account-parts/account-form.tsx';
import { EmailField, NameField, NewPasswordField } from '../account-parts/fields.tsx';

const STEPS: Readonly<Record<Admission['kind'], AccountStep>> = {
  first: 'set-up',
  invited: 'use-invitation',
  open: 'register',
};

type RegisterFormProps = {
  admission: Admission;
  /** What was typed before. */
  email: string;
  /** A mail to this address brings the link to go on. */
  onMail: (email: string) => void;
  /** The account is there, and its person is logged in. */
  onDone: () => void;
};

export function RegisterForm({ admission, email: before, onMail, onDone }: RegisterFormProps) {
  const words = useWords();
  const { t } = words;
  return (
    <AccountForm
      step={STEPS[admission.kind]}
      submitWords={t('accounts.register.submit')}
      read={(typed) => {
        const email = readEmail(words, typed('email'));
        const name = readName(words, typed('name'));
        const password = readNewPassword(words, typed('new-password'));
        if (email.problem !== null || name.problem !== null || password.problem !== null)
          return refused({ email: email.problem, name: name.problem, 'new-password': password.problem });
        const person = { email: email.value, displayName: name.displayName, password: password.value };
        return { value: { ...person, ...proofOf(admission, typed('setup-code')) } };
      }}
      send={async (person) => {
        const account = await pageSession.register(person);
        forgetAccountOptions();
        if (account === null) onMail(person.email);
        else onDone();
      }}
    >
      {(field) => (
        <>
          {admission.kind === 'first' ? (
            <TextField
              label={t('accounts.register.setupCode')}
              name="setup-code"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              dir="ltr"
              maxLength={64}
              hint={t('accounts.register.setupCodeHint')}
              {...field('setup-code')}
            />
          ) : null}
          <NameField {...field('name')} />
          <EmailField value={before} {...field('email')} />
          <NewPasswordField label={t('accounts.password')} {...field('new-password')} />
        </>
      )}
    </AccountForm>
  );
}

function proofOf(admission: Admission, setupCode: string): { setupCode?: string; invitation?: string } {
  if (admission.kind === 'first') return { setupCode: setupCode.trim() };
  return admission.kind === 'invited' ? { invitation: admission.invitation } : {};
}
