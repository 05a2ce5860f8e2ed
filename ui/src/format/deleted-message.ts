import type { ChatQuote } from '@parley/proto/room';
import type { Words } from '../languages/words.ts';

/** In place of a message of which nothing is left. */
export function deletedMessage({ t }: Words, deletedBy: ChatQuote['deletedBy'] | undefined): string {
  return t(deletedBy === 'host' ? 'chat.deleted.byHost' : 'chat.deleted.bySender');
}

/** What a reply shows in place of a message that the person cannot see. */
export function goneQuote(words: Words, { fromName, deletedBy }: ChatQuote): string {
  return fromName === null ? words.t('chat.deleted.notShown') : deletedMessage(words, deletedBy);
}
