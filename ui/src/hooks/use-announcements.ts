'use client';

import { useEffect, useRef, useState } from 'react';
import type { CallState } from '../call/index.ts';
import { useCallClient } from './use-call.tsx';

const KEPT_MS = 8000;
const LINES_MAX = 6;
/**
 * Changes within this time are announced together. If the own connection is lost, the others seem to be lost some moments before that is known;
 * `announcements` then leaves them out.
 */
const GATHERED_MS = 1000;

export type Announcement = { id: number; text: string };

/** What the changes of the call are in words, for a while each. `read` is asked at most once a second, and must stay the same while nothing else changes. */
export function useAnnouncements(
  read: (before: CallState, now: CallState) => readonly string[],
): readonly Announcement[] {
  const call = useCallClient();
  const [lines, setLines] = useState<readonly Announcement[]>([]);
  const count = useRef(0);

  useEffect(() => {
    let before = call.getState();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const announce = (): void => {
      timer = null;
      const now = call.getState();
      const texts = read(before, now);
      before = now;
      if (texts.length === 0) return;
      const added = texts.map((text) => ({ id: (count.current += 1), text }));
      setLines((earlier) => [...earlier, ...added].slice(-LINES_MAX));
    };
    const unsubscribe = call.subscribe(() => (timer ??= setTimeout(announce, GATHERED_MS)));
    return () => {
      unsubscribe();
      if (timer === null) return;
      clearTimeout(timer);
      announce();
    };
  }, [call, read]);

  useEffect(() => {
    if (lines.length === 0) return undefined;
    const timer = setTimeout(() => setLines([]), KEPT_MS);
    return () => clearTimeout(timer);
  }, [lines]);

  return lines;
}
