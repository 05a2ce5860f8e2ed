import { CHAT_TEXT_MAX, chatTextSchema } from '@parley/proto';

/** The message that a person typed, as it is sent; null if nothing of it can be seen. */
export function readChatText(typed: string): string | null {
  // The server refuses halves of pairs. A cut may leave one at the end.
  const whole = typed
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim()
    .slice(0, CHAT_TEXT_MAX)
    .replace(/\p{Cs}$/u, '');
  return chatTextSchema.safeParse(whole).data ?? null;
}
