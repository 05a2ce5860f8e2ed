'use client';

import { ScreenShare, ScreenShareOff } from 'lucide-react';
import { canShareScreen } from '../../call/index.ts';
import { useCall } from '../../hooks/use-call.tsx';
import { useCallActions } from '../../hooks/use-call-actions.ts';
import { useDenial } from '../hosts/use-denial.ts';
import { useWords } from '../../hooks/use-words.ts';
import { isOn } from '../../selectors/is-on.ts';
import { shortcutKey } from '../../browser/shortcuts.ts';
import { cannotShareWords } from '../../words/screen-words.ts';
import { IconButton } from '../basics/icon-button.tsx';

export function ShareButton({ disabled }: { disabled: boolean }) {
  const words = useWords();
  const { t } = words;
  const { share } = useCallActions();
  const sharing = useCall((state) => isOn(state.screen));
  const denied = useDenial('screen');
  if (!canShareScreen()) return <OffButton label={cannotShareWords(words)} onClick={share} />;
  if (denied !== null && !sharing) return <OffButton label={denied} onClick={share} />;
  return (
    <IconButton
      label={t(sharing ? 'controls.share.stop' : 'controls.share.start')}
      shortcut={shortcutKey('share')}
      tone={sharing ? 'active' : 'neutral'}
      disabled={disabled}
      onClick={share}
    >
      {sharing ? <ScreenShareOff aria-hidden /> : <ScreenShare aria-hidden />}
    </IconButton>
  );
}

/** Off, but not `disabled`: its tooltip says why, and a press says it in a notice. */
function OffButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <IconButton label={label} aria-disabled className="opacity-50" onClick={onClick}>
      <ScreenShare aria-hidden />
    </IconButton>
  );
}
