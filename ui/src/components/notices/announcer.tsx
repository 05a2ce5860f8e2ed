'use client';

import { useEffect, useRef, useState } from 'react';
import { useCallClient } from '../../hooks/use-call.tsx';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { announcements } from '../../words/announcements.ts';

const KEPT_MS = 8000;
/**
 * Changes within this time are announced together. If the own connection is lost, the others seem to be lost some moments before that is known;
 * `announcements` then leaves them out.
 */
const GATHERED_MS = 1000;

/** Announces to assistive technology what others see on the page: people, raised hands, shared screens, messages. */
export function Announcer() {
  const words = useWords();
  const call = useCallClient();
  const chatIsOpen = useArrangement().arrangement.panel === 'chat';
  const [lines, setLines] = useState<readonly { id: number; text: string }[]>([]);
  const count = useRef(0);

  useEffect(() => {
    let before = call.getState();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const announce = (): void => {
      timer = null;
      const now = call.getState();
      const texts = announcements(words, before, now, chatIsOpen);
      before = now;
      if (texts.length === 0) return;
      const added = texts.map((text) => ({ id: (count.current += 1), text }));
      setLines((earlier) => [...earlier, ...added].slice(-6));
    };
    const unsubscribe = call.subscribe(() => (timer ??= setTimeout(announce, GATHERED_MS)));
    return () => {
      unsubscribe();
      if (timer === null) return;
      clearTimeout(timer);
      announce();
    };
  }, [call, chatIsOpen, words]);

  useEffect(() => {
    if (lines.length === 0) return undefined;
    const timer = setTimeout(() => setLines([]), KEPT_MS);
    return () => clearTimeout(timer);
  }, [lines]);

  return (
    <div aria-live="polite" data-testid="announcer" className="sr-only">
      {lines.map((line) => (
        <p key={line.id}>{line.text}</p>
      ))}
    </div>
  );
}
