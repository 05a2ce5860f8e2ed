import type { ChatEntry } from '../call/index.ts';
import type { ChatCleared } from '../call/state/call-state.ts';
import type { Words } from '../languages/words.ts';
import { nameInWords } from './name-words.ts';

export function clearedWords(words: Words, { own, byName }: ChatCleared): string {
  if (own) return words.t('chat.cleared.byYou');
  return words.t('chat.cleared.byName', { name: nameInWords(words, byName) });
}

/** The sender of a message, and of a private one its recipient. */
export function senderWords(words: Words, entry: ChatEntry): string {
  const sender = entry.own ? words.t('basics.you') : nameInWords(words, entry.fromName);
  if (entry.toPeerId === null) return sender;
  return words.t('chat.message.private', { sender, recipient: recipientWords(words, entry) });
}

/** The words for the person to whom a private message goes. */
export function recipientWords(words: Words, { own, toName }: ChatEntry): string {
  if (!own) return words.t('chat.message.onlyToYou');
  if (toName === null) return words.t('chat.message.onlyToOne');
  return words.t('chat.message.onlyToName', { name: nameInWords(words, toName) });
}
