'use client';

import { Video, VideoOff } from 'lucide-react';
import { IconButton, type IconButtonProps } from '../basics/icon-button.tsx';
import { Spinner } from '../basics/spinner.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { shortcutKey } from '../../browser/shortcuts.ts';
import type { SwitchState } from '../../selectors/is-on.ts';

type CameraToggleProps = { state: SwitchState; onToggle: (on: boolean) => void } & Pick<
  IconButtonProps,
  'size' | 'disabled'
>;

export function CameraToggle({ state, onToggle, ...props }: CameraToggleProps) {
  const { t } = useWords();
  return (
    <IconButton
      label={t(`devices.cameraSwitch.${state}`)}
      shortcut={shortcutKey('camera')}
      tone={state === 'on' ? 'neutral' : 'off'}
      aria-busy={state === 'starting'}
      onClick={() => onToggle(state === 'off')}
      {...props}
    >
      <CameraIcon state={state} />
    </IconButton>
  );
}

function CameraIcon({ state }: { state: SwitchState }) {
  if (state === 'starting') return <Spinner />;
  return state === 'on' ? <Video aria-hidden /> : <VideoOff aria-hidden />;
}
