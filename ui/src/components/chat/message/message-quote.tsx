'use client';

import type { ChatQuote } from '@parley/proto/room';
import { goneQuote } from '../../../format/deleted-message.ts';
import { useWords } from '../../../hooks/use-words.ts';
import { nameInWords } from '../../../words/name-words.ts';
import { cn } from '../../basics/cn.ts';

/** What a reply shows of the message that it replies to. */
export function MessageQuote({ quote, className }: { quote: ChatQuote; className?: string }) {
  const words = useWords();
  const isGone = quote.text === null && quote.fileName === null;
  return (
    <blockquote
      data-testid="chat-quote"
      className={cn('min-w-0 border-s-2 border-line-strong ps-2 text-xs text-ink-soft', className)}
    >
      {quote.fromName === null ? null : (
        <p className="truncate font-medium">
          <bdi>{nameInWords(words, quote.fromName)}</bdi>
        </p>
      )}
      <p dir="auto" className={cn('line-clamp-2 wrap-anywhere', isGone && 'italic')}>
        {isGone ? goneQuote(words, quote) : quote.text || quote.fileName}
      </p>
    </blockquote>
  );
}
