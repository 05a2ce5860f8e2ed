'use client';

import { useEffect } from 'react';
import { useWords } from '../../hooks/use-words.ts';
import { clearedWords } from '../../words/chat-words.ts';
import { useCall } from '../../hooks/use-call.tsx';
import { useToasts } from '../../hooks/use-toasts.tsx';

/** Says that somebody cleared the chat, also to those who do not have it open. */
export function useClearedToast(): void {
  const words = useWords();
  const cleared = useCall((state) => state.chatCleared);
  const { showToast } = useToasts();
  useEffect(() => {
    if (cleared !== null) showToast(clearedWords(words, cleared));
  }, [words, cleared, showToast]);
}
