'use client';

import { useCall } from '../../bridge/use-call.tsx';
import { deviceErrorWords } from '../../words/error-words.ts';

/** A mark on the switch of a device that could not be opened; in words for who cannot see it. */
export function TroubleMark({ device }: { device: 'microphone' | 'camera' }) {
  const state = useCall((call) => call[device]);
  if (state.status !== 'failed') return null;
  return (
    <span className="pointer-events-none absolute -top-0.5 left-8 flex size-4 items-center justify-center rounded-full border-2 border-ground bg-warn text-[10px] leading-none font-bold text-black">
      <span aria-hidden>!</span>
      <span className="sr-only">{deviceErrorWords(device, state.error).title}</span>
    </span>
  );
}
