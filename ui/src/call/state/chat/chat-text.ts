import { chatTextSchema } from '@parley/proto/text';

/** The message that a person typed, as it is sent; null if nothing of it can be seen, or if it is too long: it is never cut. */
export function readChatText(typed: string): string | null {
  // The server refuses null characters and halves of pairs.
  const whole = typed
    .replaceAll('\0', '')
    .replace(/\p{Cs}/gu, '\ufffd')
    // Some letters have two characters in this form: they count as they do on the server.
    .normalize('NFC')
    .trim();
  return chatTextSchema.safeParse(whole).data ?? null;
}
