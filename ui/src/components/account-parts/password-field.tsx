'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useWords } from '../../hooks/use-words.ts';
import { IconButton } from '../basics/icon-button.tsx';
import { TextField } from '../basics/text-field.tsx';

type PasswordFieldProps = {
  label: string;
  name: string;
  problem: string | null;
  /** For password managers. */
  autoComplete: 'current-password' | 'new-password';
  hint?: ReactNode;
  onChange: () => void;
};

/** A password, which can be shown while it is typed. */
export function PasswordField(props: PasswordFieldProps) {
  const { t } = useWords();
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      type={isShown ? 'text' : 'password'}
      // A password that is shown is still no text: nothing corrects it.
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      dir="ltr"
      end={
        <IconButton
          label={isShown ? t('accounts.hidePassword') : t('accounts.showPassword')}
          tone="quiet"
          size="small"
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? <EyeOff /> : <Eye />}
        </IconButton>
      }
      {...props}
    />
  );
}
