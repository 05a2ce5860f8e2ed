'use client';

import { Info } from 'lucide-react';
import { useStateOf } from '../../hooks/use-state-of.ts';
import { useWords } from '../../hooks/use-words.ts';
import type { PreviewClient } from '../../call/devices/device-preview.ts';
import { askingWords, devicesOf, silencedWords } from '../../words/device-words.ts';
import { isAsking, isSilenced } from '../../selectors/is-on.ts';

/** What a person has to do for devices that have not failed: answer the browser, or look for a switch. */
export function DeviceNotes({ preview }: { preview: PreviewClient }) {
  const words = useWords();
  const microphoneAsks = useStateOf(preview, (state) => isAsking(state.microphone));
  const cameraAsks = useStateOf(preview, (state) => isAsking(state.camera));
  const microphoneIsSilenced = useStateOf(preview, (state) => isSilenced(state.microphone));
  const cameraIsSilenced = useStateOf(preview, (state) => isSilenced(state.camera));
  const asking = devicesOf(microphoneAsks, cameraAsks);
  const silenced = devicesOf(microphoneIsSilenced, cameraIsSilenced);
  return (
    <div role="status" aria-label={words.t('prejoin.devices')} className="flex flex-col gap-3 empty:hidden">
      {asking === null ? null : <Note {...askingWords(words, asking)} />}
      {silenced === null ? null : <Note {...silencedWords(words, silenced)} />}
    </div>
  );
}

function Note({ title, advice }: { title: string; advice: string }) {
  return (
    <div className="flex animate-fade gap-3 rounded-xl border border-line-strong bg-surface p-3.5 text-sm">
      <Info aria-hidden className="mt-0.5 size-4.5 shrink-0 text-accent" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-ink">{title}</p>
        <p className="mt-0.5 text-ink-soft">{advice}</p>
      </div>
    </div>
  );
}
