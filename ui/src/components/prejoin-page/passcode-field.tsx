'use client';

import { useWords } from '../../hooks/use-words.ts';
import { TextField } from '../basics/text-field.tsx';

type PasscodeFieldProps = { value: string; problem: string | null; onChange: (value: string) => void };

const FIELD = 'passcode';

export function focusPasscode(): void {
  document.getElementsByName(FIELD)[0]?.focus();
}

/** What somebody has to know who comes into a room with a passcode. */
export function PasscodeField({ value, problem, onChange }: PasscodeFieldProps) {
  const { t } = useWords();
  return (
    <TextField
      label={t('door.passcode.label')}
      name={FIELD}
      type="password"
      autoComplete="off"
      maxLength={64}
      hint={t('door.passcode.hint')}
      value={value}
      problem={problem}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
