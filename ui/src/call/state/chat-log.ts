import type { ChatMessage, PeerId } from '@parley/proto';
import type { ChatEntry } from './call-state.ts';

/** The number of messages that the page keeps; the oldest are dropped. */
const CHAT_KEPT_MAX = 1000;

/**
 * Adds messages from the server to the log, each once, in the order in which the server received them. A message that
 * confirms a waiting own entry replaces that entry. Returns the same list if nothing is new.
 */
export function mergeMessages(
  entries: readonly ChatEntry[],
  messages: readonly ChatMessage[],
  selfId: PeerId | null,
): { entries: readonly ChatEntry[]; added: ChatEntry[] } {
  let merged = entries;
  const added: ChatEntry[] = [];
  for (const message of messages) {
    const at = merged.findIndex((entry) => entry.messageId === message.messageId || isSame(entry, message));
    const known = merged[at];
    if (known === undefined) {
      const entry: ChatEntry = { ...message, own: message.fromPeerId === selfId, delivery: 'sent' };
      added.push(entry);
      merged = insert(merged, entry);
    } else if (known.delivery !== 'sent') {
      merged = insert(
        merged.filter((entry) => entry !== known),
        { ...message, own: known.own, delivery: 'sent' },
      );
    }
  }
  return { entries: merged.length > CHAT_KEPT_MAX ? merged.slice(-CHAT_KEPT_MAX) : merged, added };
}

/** The client's id of an own message stays the same over a rejoin, which changes the peer id. */
function isSame(entry: ChatEntry, message: ChatMessage): boolean {
  return entry.own && entry.clientMessageId === message.clientMessageId;
}

/** Inserts an entry after the last sent message that is not newer. Entries that are not sent yet stay at the end. */
function insert(entries: readonly ChatEntry[], entry: ChatEntry): ChatEntry[] {
  let at = entries.length;
  while (at > 0) {
    const before = entries[at - 1];
    if (before === undefined || (before.delivery === 'sent' && before.sentAt <= entry.sentAt)) break;
    at -= 1;
  }
  return [...entries.slice(0, at), entry, ...entries.slice(at)];
}
