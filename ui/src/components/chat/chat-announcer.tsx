'use client';

import { useCallback } from 'react';
import type { CallState } from '../../call/index.ts';
import { useAnnouncements } from '../../hooks/use-announcements.ts';
import { useWords } from '../../hooks/use-words.ts';
import { chatAnnouncements } from '../../words/announcements.ts';
import { LiveLines } from '../basics/live-lines.tsx';

/**
 * Announces to assistive technology what others write while the chat is open. The list does not announce its rows: they come and go as the
 * person scrolls, and a flood of messages would be read out for minutes.
 */
export function ChatAnnouncer() {
  const words = useWords();
  const read = useCallback(
    (before: CallState, now: CallState) => chatAnnouncements(words, before, now),
    [words],
  );
  return <LiveLines lines={useAnnouncements(read)} testId="chat-announcer" />;
}
