'use client';

import { Mic, MicOff } from 'lucide-react';
import { IconButton, type IconButtonProps } from '../basics/icon-button.tsx';
import { Spinner } from '../basics/spinner.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { shortcutKey } from '../../browser/shortcuts.ts';
import type { SwitchState } from '../../selectors/is-on.ts';

type MicrophoneToggleProps = {
  state: SwitchState;
  onToggle: (on: boolean) => void;
  /** Why the person may not turn it on now, in words. */
  denied?: string | null;
} & Pick<IconButtonProps, 'size' | 'disabled'>;

export function MicrophoneToggle({ state, onToggle, denied = null, ...props }: MicrophoneToggleProps) {
  const { t } = useWords();
  const isDenied = denied !== null && state === 'off';
  return (
    <IconButton
      label={isDenied ? denied : t(`devices.microphoneSwitch.${state}`)}
      shortcut={isDenied ? undefined : shortcutKey('microphone')}
      tone={state === 'on' ? 'neutral' : 'off'}
      // Not `disabled`: its tooltip says why, and a press says it in a notice.
      aria-disabled={isDenied}
      className={isDenied ? 'opacity-50' : undefined}
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
