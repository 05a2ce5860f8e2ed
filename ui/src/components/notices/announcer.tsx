'use client';

import { useEffect, useRef, useState } from 'react';
import { useCallClient } from '../../hooks/use-call.tsx';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { announcements } from '../../words/announcements.ts';

const KEPT_MS = 8000;
/** What comes about together is judged together: news of others may run ahead of the news that it is our own connection. */
const GATHERED_MS = 400;

/** Tells assistive technology, politely, what others see: who came and went, hands, shares, messages. */
export function Announcer() {
  const call = useCallClient();
  const chatIsOpen = useArrangement().arrangement.panel === 'chat';
  const [said, setSaid] = useState<readonly { id: number; text: string }[]>([]);
  const count = useRef(0);

  useEffect(() => {
    let before = call.getState();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const look = (): void => {
      timer = null;
      const now = call.getState();
      const texts = announcements(before, now, chatIsOpen);
      before = now;
      if (texts.length === 0) return;
      const lines = texts.map((text) => ({ id: (count.current += 1), text }));
      setSaid((earlier) => [...earlier, ...lines].slice(-6));
    };
    const unsubscribe = call.subscribe(() => (timer ??= setTimeout(look, GATHERED_MS)));
    return () => {
      unsubscribe();
      if (timer === null) return;
      clearTimeout(timer);
      look();
    };
  }, [call, chatIsOpen]);

  useEffect(() => {
    if (said.length === 0) return undefined;
    const timer = setTimeout(() => setSaid([]), KEPT_MS);
    return () => clearTimeout(timer);
  }, [said]);

  return (
    <div aria-live="polite" data-testid="announcer" className="sr-only">
      {said.map((line) => (
        <p key={line.id}>{line.text}</p>
      ))}
    </div>
  );
}
