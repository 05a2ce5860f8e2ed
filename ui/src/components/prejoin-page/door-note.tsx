'use client';

import { DoorClosed } from 'lucide-react';
import type { CallError } from '../../call/base/call-failure.ts';
import { useWords } from '../../hooks/use-words.ts';
import { errorWords } from '../../words/error-words.ts';

/** Says before Join why the person cannot come in now. They may try all the same: it may have changed. */
export function DoorNote({ refusal }: { refusal: CallError | null }) {
  const words = useWords();
  const said = refusal === null ? null : errorWords(words, refusal);
  return (
    <div role="status" className="empty:hidden">
      {said === null ? null : (
        <div className="flex animate-fade gap-3 rounded-xl border border-line-strong bg-surface p-3.5 text-sm">
          <DoorClosed aria-hidden className="mt-0.5 size-4.5 shrink-0 text-accent" />
          <div className="min-w-0 flex-1">
            <p className="font-medium text-ink">{said.title}</p>
            <p className="mt-0.5 text-ink-soft">{said.advice}</p>
          </div>
        </div>
      )}
    </div>
  );
}
