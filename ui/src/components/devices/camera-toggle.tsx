'use client';

import { Video, VideoOff } from 'lucide-react';
import { IconButton, type IconButtonProps } from '../basics/icon-button.tsx';
import { shortcutKey } from '../../browser/shortcuts.ts';

type CameraToggleProps = { on: boolean; onToggle: (on: boolean) => void } & Pick<
  IconButtonProps,
  'size' | 'disabled'
>;

export function CameraToggle({ on, onToggle, ...props }: CameraToggleProps) {
  return (
    <IconButton
      label={on ? 'Turn off camera' : 'Turn on camera'}
      shortcut={shortcutKey('camera')}
      tone={on ? 'neutral' : 'off'}
      onClick={() => onToggle(!on)}
      {...props}
    >
      {on ? <Video aria-hidden /> : <VideoOff aria-hidden />}
    </IconButton>
  );
}
