'use client';

import { AudioLines } from 'lucide-react';
import { useStateOf } from '../../hooks/use-state-of.ts';
import type { PreviewClient } from '../../call/devices/device-preview.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';

/** Plays a short tone on the chosen speaker. */
export function SpeakerTest({ preview }: { preview: PreviewClient }) {
  const { t } = useWords();
  const state = useStateOf(preview, (current) => current.speakerTest);
  return (
    <Button
      aria-label={t('prejoin.speakerTest.name')}
      aria-disabled={state === 'playing'}
      onClick={() => state !== 'playing' && void preview.playTestTone()}
      className="w-28"
    >
      <AudioLines
        aria-hidden
        className={state === 'playing' ? 'animate-breathe text-accent' : 'text-ink-soft'}
      />
      <span aria-live="polite">{t(`prejoin.speakerTest.${state}`)}</span>
    </Button>
  );
}
