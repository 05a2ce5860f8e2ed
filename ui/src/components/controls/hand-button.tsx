'use client';

import { Hand } from 'lucide-react';
import { useSelf } from '../../bridge/use-call.tsx';
import { useCallActions } from '../../bridge/use-call-actions.ts';
import { shortcutKey } from '../../view/shortcuts.ts';
import { IconButton } from '../ui/icon-button.tsx';

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
