'use client';

import { useCall } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { DeviceState } from '../../call/index.ts';
import type { Words } from '../../languages/words.ts';
import { isAsking, isSilenced, isSoundless } from '../../selectors/is-on.ts';
import {
  askingWords,
  deviceErrorWords,
  silencedWords,
  soundlessWords,
  type Device,
} from '../../words/device-words.ts';

/** A mark on the switch of a device that failed, is silenced or waits for the person, with words for assistive technology. */
export function TroubleMark({ device }: { device: Device }) {
  const state = useCall((call) => call[device]);
  const words = useWords();
  const trouble = troubleWords(words, device, state);
  if (trouble === null) return null;
  return (
    <span className="pointer-events-none absolute -top-0.5 start-8 flex size-4 items-center justify-center rounded-full border-2 border-ground bg-warn text-[10px] leading-none font-bold text-black">
      <span aria-hidden>!</span>
      <span className="sr-only">{trouble}</span>
    </span>
  );
}

function troubleWords(words: Words, device: Device, state: DeviceState): string | null {
  if (state.status === 'failed') return deviceErrorWords(words, device, state.error).title;
  if (isAsking(state)) return askingWords(words, device).title;
  if (isSoundless(state)) return soundlessWords(words).title;
  return isSilenced(state) ? silencedWords(words, device).title : null;
}
