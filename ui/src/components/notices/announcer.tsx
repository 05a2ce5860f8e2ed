'use client';

import { useCallback } from 'react';
import type { CallState } from '../../call/index.ts';
import { useAnnouncements } from '../../hooks/use-announcements.ts';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { announcements } from '../../words/announcements.ts';
import { LiveLines } from '../basics/live-lines.tsx';

/** Announces to assistive technology what others see on the page: people, raised hands, shared screens, messages. */
export function Announcer() {
  const words = useWords();
  const chatIsOpen = useArrangement().arrangement.panel === 'chat';
  const read = useCallback(
    (before: CallState, now: CallState) => announcements(words, before, now, chatIsOpen),
    [words, chatIsOpen],
  );
  return <LiveLines lines={useAnnouncements(read)} testId="announcer" />;
}
