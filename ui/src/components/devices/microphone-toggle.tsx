'use client';

import { Mic, MicOff } from 'lucide-react';
import { IconButton, type IconButtonProps } from '../basics/icon-button.tsx';
import { Spinner } from '../basics/spinner.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { shortcutKey } from '../../browser/shortcuts.ts';
import type { SwitchState } from '../../selectors/is-on.ts';

type MicrophoneToggleProps = { state: SwitchState; onToggle: (on: boolean) => void } & Pick<
  IconButtonProps,
  'size' | 'disabled'
>;

export function MicrophoneToggle({ state, onToggle, ...props }: MicrophoneToggleProps) {
  const { t } = useWords();
  return (
    <IconButton
      label={t(`devices.microphoneSwitch.${state}`)}
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
