'use client';

import { Mic, MicOff } from 'lucide-react';
import { IconButton, type IconButtonProps } from '../basics/icon-button.tsx';
import { Spinner } from '../basics/spinner.tsx';
import { shortcutKey } from '../../browser/shortcuts.ts';
import type { SwitchState } from '../../selectors/is-on.ts';

type MicrophoneToggleProps = { state: SwitchState; onToggle: (on: boolean) => void } & Pick<
  IconButtonProps,
  'size' | 'disabled'
>;

const LABELS = {
  off: 'Unmute microphone',
  starting: 'The microphone is starting. Stop it',
  on: 'Mute microphone',
} as const;

export function MicrophoneToggle({ state, onToggle, ...props }: MicrophoneToggleProps) {
  return (
    <IconButton
      label={LABELS[state]}
      shortcut={shortcutKey('microphone')}
      tone={state === 'on' ? 'neutral' : 'off'}
      aria-busy={state === 'starting'}
      onClick={() => onToggle(state === 'off')}
      {...props}
    >
      <MicrophoneIcon state={state} />
    </IconButton>
  );
}

function MicrophoneIcon({ state }: { state: SwitchState }) {
  if (state === 'starting') return <Spinner />;
  return state === 'on' ? <Mic aria-hidden /> : <MicOff aria-hidden />;
}
