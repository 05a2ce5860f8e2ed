import { quoteOf, type ChatMessage, type ChatQuote } from '@parley/proto/room';
import type { ChatEntry } from '../call-state.ts';

/** Replies show the message as it is now. Returns the same list if none of them replies to it. */
export function withQuotesOf(entries: readonly ChatEntry[], message: ChatMessage): readonly ChatEntry[] {
  if (!entries.some(({ replyTo }) => replyTo?.messageId === message.messageId)) return entries;
  const quote: ChatQuote = quoteOf(message);
  return entries.map((entry) =>
    entry.replyTo?.messageId === message.messageId ? { ...entry, replyTo: quote } : entry,
  );
}
