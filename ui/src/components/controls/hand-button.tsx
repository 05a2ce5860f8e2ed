'use client';

import { Hand } from 'lucide-react';
import { useSelf } from '../../hooks/use-call.tsx';
import { useCallActions } from '../../hooks/use-call-actions.ts';
import { useWords } from '../../hooks/use-words.ts';
import { shortcutKey } from '../../browser/shortcuts.ts';
import { IconButton } from '../basics/icon-button.tsx';

export function HandButton({ disabled }: { disabled: boolean }) {
  const { t } = useWords();
  const { hand } = useCallActions();
  const raised = typeof useSelf()?.handRaisedAt === 'number';
  return (
    <IconButton
      label={t(raised ? 'controls.hand.lower' : 'controls.hand.raise')}
      shortcut={shortcutKey('hand')}
      tone={raised ? 'active' : 'neutral'}
      disabled={disabled}
      onClick={hand}
    >
      <Hand aria-hidden />
    </IconButton>
  );
}
