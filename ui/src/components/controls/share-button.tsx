'use client';

import { ScreenShare, ScreenShareOff } from 'lucide-react';
import { useCall } from '../../hooks/use-call.tsx';
import { useCallActions } from '../../hooks/use-call-actions.ts';
import { isOn } from '../../selectors/is-on.ts';
import { shortcutKey } from '../../browser/shortcuts.ts';
import { IconButton } from '../basics/icon-button.tsx';

/** False on phones: their browsers cannot share the screen. */
export function canShareScreen(): boolean {
  return typeof navigator !== 'undefined' && typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

export function ShareButton({ disabled }: { disabled: boolean }) {
  const { share } = useCallActions();
  const sharing = useCall((state) => isOn(state.screen));
  return (
    <IconButton
      label={sharing ? 'Stop sharing' : 'Share screen'}
      shortcut={shortcutKey('share')}
      tone={sharing ? 'active' : 'neutral'}
      disabled={disabled || !canShareScreen()}
      onClick={share}
    >
      {sharing ? <ScreenShareOff aria-hidden /> : <ScreenShare aria-hidden />}
    </IconButton>
  );
}
