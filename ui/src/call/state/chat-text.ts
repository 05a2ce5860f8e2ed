import { CHAT_TEXT_MAX, chatTextSchema } from '@parley/proto';

/** The message that a person typed, as it is sent; null if nothing of it can be seen. */
export function readChatText(typed: string): string | null {
  // The server refuses null characters and halves of pairs. A cut may leave a half at the end.
  const whole = typed
    .replaceAll('\0', '')
    .replace(/\p{Cs}/gu, '\ufffd')
    // Some letters have two characters in this form: the cut counts them as the server does.
    .normalize('NFC')
    .trim()
    .slice(0, CHAT_TEXT_MAX)
    .replace(/\p{Cs}$/u, '');
  return chatTextSchema.safeParse(whole).data ?? null;
}
