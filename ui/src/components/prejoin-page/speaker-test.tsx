'use client';

import { AudioLines } from 'lucide-react';
import { useStateOf } from '../../hooks/use-state-of.ts';
import type { PreviewClient } from '../../call/devices/device-preview.ts';
import { Button } from '../basics/button.tsx';

const WORDS = { idle: 'Test', playing: 'Playing…', failed: 'No sound' } as const;

/** Plays a short tone on the chosen speaker. */
export function SpeakerTest({ preview }: { preview: PreviewClient }) {
  const state = useStateOf(preview, (current) => current.speakerTest);
  return (
    <Button
      aria-label="Test the speaker"
      aria-disabled={state === 'playing'}
      onClick={() => state !== 'playing' && void preview.playTestTone()}
      className="w-28"
    >
      <AudioLines
        aria-hidden
        className={state === 'playing' ? 'animate-breathe text-accent' : 'text-ink-soft'}
      />
      <span aria-live="polite">{WORDS[state]}</span>
    </Button>
  );
}
