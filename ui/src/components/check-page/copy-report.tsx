'use client';

import { Clipboard } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../../hooks/use-words.ts';
import type { CheckState } from '../../call/check/connection-check.ts';
import { checkReport } from '../../words/check-report.ts';
import { Button } from '../basics/button.tsx';

const OUTCOMES = { idle: 'copy', copied: 'copied', failed: 'notCopied' } as const;

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
      <span aria-live="polite">{words.t(`check.actions.${OUTCOMES[outcome]}`)}</span>
    </Button>
  );
}
