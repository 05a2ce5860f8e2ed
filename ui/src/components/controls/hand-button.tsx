'use client';

import { Hand } from 'lucide-react';
import { useSelf } from '../../hooks/use-call.tsx';
import { useCallActions } from '../../hooks/use-call-actions.ts';
import { shortcutKey } from '../../browser/shortcuts.ts';
import { IconButton } from '../basics/icon-button.tsx';

export function HandButton({ disabled }: { disabled: boolean }) {
  const { hand } = useCallActions();
  const raised = typeof useSelf()?.handRaisedAt === 'number';
  return (
    <IconButton
      label={raised ? 'Lower hand' : 'Raise hand'}
      shortcut={shortcutKey('hand')}
      tone={raised ? 'active' : 'neutral'}
      disabled={disabled}
      onClick={hand}
    >
      <Hand aria-hidden />
    </IconButton>
  );
}
