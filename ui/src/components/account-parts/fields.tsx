'use client';

import { PASSWORD_MIN } from '@parley/proto/rest';
import { useWords } from '../../hooks/use-words.ts';
import { TextField } from '../basics/text-field.tsx';
import { PasswordField } from './password-field.tsx';

export type FieldProps = { problem: string | null; onChange: () => void };

export function EmailField({ value, ...props }: FieldProps & { value?: string }) {
  const { t } = useWords();
  return (
    <TextField
      label={t('accounts.email')}
      name="email"
      // The page says in words what is wrong with an address, in its own language.
      type="email"
      inputMode="email"
      // What password managers look for.
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      maxLength={254}
      defaultValue={value}
      {...props}
    />
  );
}

export function NameField({ value, ...props }: FieldProps & { value?: string }) {
  const { t } = useWords();
  return (
    <TextField
      label={t('accounts.name')}
      name="name"
      autoComplete="name"
      maxLength={64}
      hint={t('accounts.nameHint')}
      defaultValue={value}
      {...props}
    />
  );
}

export function NewPasswordField(props: FieldProps & { label: string }) {
  const { t } = useWords();
  return (
    <PasswordField
      name="new-password"
      autoComplete="new-password"
      hint={t('accounts.passwordRule', { count: PASSWORD_MIN })}
      {...props}
    />
  );
}
