'use client';

import { useCall } from '../../hooks/use-call.tsx';
import type { DeviceState } from '../../call/index.ts';
import { isAsking, isSilenced } from '../../selectors/is-on.ts';
import { ASKING_WORDS, deviceErrorWords, SILENCED_WORDS, type Device } from '../../words/device-words.ts';

/** A mark on the switch of a device that failed, is silenced or waits for the person, with words for assistive technology. */
export function TroubleMark({ device }: { device: Device }) {
  const state = useCall((call) => call[device]);
  const words = troubleWords(device, state);
  if (words === null) return null;
  return (
    <span className="pointer-events-none absolute -top-0.5 left-8 flex size-4 items-center justify-center rounded-full border-2 border-ground bg-warn text-[10px] leading-none font-bold text-black">
      <span aria-hidden>!</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

function troubleWords(device: Device, state: DeviceState): string | null {
  if (state.status === 'failed') return deviceErrorWords(device, state.error).title;
  if (isAsking(state)) return ASKING_WORDS;
  return isSilenced(state) ? SILENCED_WORDS[device] : null;
}
