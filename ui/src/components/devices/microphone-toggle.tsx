'use client';

import { Mic, MicOff } from 'lucide-react';
import { IconButton, type IconButtonProps } from '../basics/icon-button.tsx';
import { shortcutKey } from '../../browser/shortcuts.ts';

type MicrophoneToggleProps = { on: boolean; onToggle: (on: boolean) => void } & Pick<
  IconButtonProps,
  'size' | 'disabled'
>;

export function MicrophoneToggle({ on, onToggle, ...props }: MicrophoneToggleProps) {
  return (
    <IconButton
      label={on ? 'Mute microphone' : 'Unmute microphone'}
      shortcut={shortcutKey('microphone')}
      tone={on ? 'neutral' : 'off'}
      onClick={() => onToggle(!on)}
      {...props}
    >
      {on ? <Mic aria-hidden /> : <MicOff aria-hidden />}
    </IconButton>
  );
}
