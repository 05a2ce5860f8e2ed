'use client';

import { useCall } from '../../hooks/use-call.tsx';
import type { DeviceState } from '../../call/index.ts';
import { deviceErrorWords } from '../../words/error-words.ts';
import { SILENCED_WORDS } from '../../words/notice-words.ts';

type Device = 'microphone' | 'camera';

/** A mark on the switch of a device that failed or is silenced, with words for assistive technology. */
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
  return state.status === 'live' && state.silenced === true ? SILENCED_WORDS[device] : null;
}
