'use client';

import { Clipboard } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../../hooks/use-words.ts';
import type { CheckState } from '../../call/check/connection-check.ts';
import { checkReport } from '../../words/check-report.ts';
import { Button } from '../basics/button.tsx';

/** Copies the results as text, for the person who runs the server. */
export function CopyReport({ state }: { state: CheckState }) {
  const words = useWords();
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = async () => {
    const text = checkReport(words, state, { origin: location.origin, userAgent: navigator.userAgent });
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  return (
    <Button size="large" onClick={() => void copy()}>
      <Clipboard aria-hidden />
      <span aria-live="polite">
        {{ idle: 'Copy report', copied: 'Report copied', failed: 'Not copied' }[outcome]}
      </span>
    </Button>
  );
}
