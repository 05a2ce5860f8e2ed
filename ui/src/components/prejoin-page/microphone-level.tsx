'use client';

import { Mic, MicOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useWords } from '../../hooks/use-words.ts';
import { cn } from '../basics/cn.ts';

const BARS = [0.04, 0.12, 0.22, 0.36, 0.52];

type MicrophoneLevelProps = { readLevel: () => number; live: boolean; className?: string };

/** The level of the microphone. It writes to the page directly, because React would render sixty times a second. */
export function MicrophoneLevel({ readLevel, live, className }: MicrophoneLevelProps) {
  const { t } = useWords();
  const bars = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!live) return undefined;
    let frame = 0;
    const draw = () => {
      const level = readLevel();
      [...(bars.current?.children ?? [])].forEach((bar, index) => {
        bar.setAttribute('data-lit', String(level > (BARS[index] ?? 1)));
      });
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [readLevel, live]);

  return (
    <div
      role="img"
      aria-label={t(live ? 'prejoin.microphoneLevel' : 'prejoin.microphoneOff')}
      className={cn('glass flex h-9 items-center gap-2 rounded-full px-3', className)}
    >
      {live ? <Mic className="size-4 text-ink-soft" /> : <MicOff className="size-4 text-danger-soft" />}
      <div ref={bars} className="flex h-4 items-center gap-1">
        {BARS.map((threshold) => (
          <span
            key={threshold}
            className="h-full w-1 rounded-full bg-line-strong transition-colors duration-75 data-[lit=true]:bg-accent"
          />
        ))}
      </div>
    </div>
  );
}
