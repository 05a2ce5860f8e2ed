'use client';

import { ScreenShare, ScreenShareOff } from 'lucide-react';
import { useCall } from '../../hooks/use-call.tsx';
import { useDenial } from '../hosts/use-denial.ts';
import { useWords } from '../../hooks/use-words.ts';
import { isOn } from '../../selectors/is-on.ts';
import { canShareScreen } from '../../call/index.ts';
import { cannotShareWords } from '../../words/screen-words.ts';

/** The row for screen sharing in the sheet of a narrow window. */
export function ShareRow({ disabled, onChosen }: { disabled: boolean; onChosen: () => void }) {
  const words = useWords();
  const sharing = useCall((state) => isOn(state.screen));
  const denied = useDenial('screen');
  const reason = canShareScreen() ? (sharing ? null : denied) : cannotShareWords(words);
  const Icon = sharing ? ScreenShareOff : ScreenShare;
  return (
    <li>
      <button
        type="button"
        disabled={disabled || reason !== null}
        onClick={onChosen}
        className="flex h-12 w-full items-center gap-4 rounded-xl px-3 text-start enabled:hover:bg-raised disabled:opacity-50"
      >
        <Icon aria-hidden className="size-5 text-ink-soft" />
        <span>{reason ?? words.t(sharing ? 'controls.share.stop' : 'controls.share.start')}</span>
      </button>
    </li>
  );
}
