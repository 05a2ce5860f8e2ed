'use client';

import { ScreenShare, ScreenShareOff } from 'lucide-react';
import { useCall } from '../../bridge/use-call.tsx';
import { useCallActions } from '../../bridge/use-call-actions.ts';
import { isOn } from '../../view/is-on.ts';
import { shortcutKey } from '../../view/shortcuts.ts';
import { IconButton } from '../ui/icon-button.tsx';

/** Phones cannot share their screen from a browser. */
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
