'use client';

import { passcodeSchema } from '@parley/proto/room';
import { KeyRound } from 'lucide-react';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { CommittedField } from './committed-field.tsx';

type PasscodeSettingProps = { hasPasscode: boolean; onChange: (passcode: string | null) => void };

/** Sets, replaces and removes the passcode, which nobody can read again. */
export function PasscodeSetting({ hasPasscode, onChange }: PasscodeSettingProps) {
  const { t } = useWords();
  const commit = (text: string): string | null => {
    if (text === '') return null;
    const { data, error } = passcodeSchema.safeParse(text);
    if (error !== undefined)
      return t(text.length < 4 ? 'roomSettings.passcode.tooShort' : 'roomSettings.passcode.refused');
    onChange(data);
    return null;
  };
  return (
    <div>
      <CommittedField
        label={t('roomSettings.passcode.label')}
        hint={t(hasPasscode ? 'roomSettings.passcode.isSet' : 'roomSettings.passcode.none')}
        stored=""
        clears
        onCommit={commit}
        autoComplete="off"
        spellCheck={false}
      />
      {hasPasscode ? (
        <Button size="small" className="mt-1" onClick={() => onChange(null)}>
          <KeyRound aria-hidden />
          <span>{t('roomSettings.passcode.remove')}</span>
        </Button>
      ) : null}
    </div>
  );
}
