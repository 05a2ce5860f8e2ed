'use client';

import { ScreenShare, ScreenShareOff } from 'lucide-react';
import { canShareScreen } from '../../call/index.ts';
import { useCall } from '../../hooks/use-call.tsx';
import { useCallActions } from '../../hooks/use-call-actions.ts';
import { useWords } from '../../hooks/use-words.ts';
import { isOn } from '../../selectors/is-on.ts';
import { shortcutKey } from '../../browser/shortcuts.ts';
import { cannotShareWords } from '../../words/screen-words.ts';
import { IconButton } from '../basics/icon-button.tsx';

export function ShareButton({ disabled }: { disabled: boolean }) {
  const { t } = useWords();
  const { share } = useCallActions();
  const sharing = useCall((state) => isOn(state.screen));
  if (!canShareScreen()) return <OffButton onClick={share} />;
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
function OffButton({ onClick }: { onClick: () => void }) {
  return (
    <IconButton label={cannotShareWords(useWords())} aria-disabled className="opacity-50" onClick={onClick}>
      <ScreenShare aria-hidden />
    </IconButton>
  );
}
