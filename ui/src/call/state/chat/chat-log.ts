import type { PeerId } from '@parley/proto/ids';
import type { ChatMessage } from '@parley/proto/room';
import type { ChatEntry } from '../call-state.ts';

/** The number of messages that the page keeps, and of their characters (10 MB at most); the oldest are dropped. */
export const CHAT_KEPT_MAX = 10_000;
export const CHAT_CHARACTERS_MAX = 5_000_000;

type Reader = {
  selfId: PeerId | null;
  /** The name as the page shows it; null for a peer who is gone. */
  nameOf: (peerId: PeerId) => string | null;
};

/**
 * Adds messages from the server to the log, each once, in the order in which the server received them. A message that
 * confirms a waiting own entry replaces that entry, and one of a higher version takes its place. Returns the same list if nothing is new.
 */
export function mergeMessages(
  entries: readonly ChatEntry[],
  messages: readonly ChatMessage[],
  reader: Reader,
): { entries: readonly ChatEntry[]; added: ChatEntry[] } {
  let merged = entries;
  const added: ChatEntry[] = [];
  for (const message of messages) {
    const at = merged.findIndex((entry) => entry.messageId === message.messageId || isSame(entry, message));
    const known = merged[at];
    if (known === undefined) {
      const entry = toEntry(message, reader);
      added.push(entry);
      merged = insert(merged, entry);
    } else if (known.delivery !== 'sent') {
      merged = insert(
        merged.filter((entry) => entry !== known),
        { ...message, toName: known.toName ?? message.toName, own: known.own, delivery: 'sent' },
      );
    } else if ((message.version ?? 1) > (known.version ?? 1)) {
      const { fromName, toName, own, delivery } = known;
      merged = merged.with(at, { ...message, fromName, toName, own, delivery });
    }
  }
  return { entries: newest(merged).entries, added };
}

/**
 * Puts a page of earlier messages above the log. All of them are older than the log, and some may be in it already. `full`: there
 * is no place for more.
 */
export function prependMessages(
  entries: readonly ChatEntry[],
  messages: readonly ChatMessage[],
  { selfId, nameOf }: Reader,
): { entries: readonly ChatEntry[]; full: boolean } {
  const known = new Set(entries.map(({ messageId }) => messageId));
  const earlier = messages
    .filter(({ messageId }) => !known.has(messageId))
    .map((message) => toEntry(message, { selfId, nameOf }));
  return newest([...earlier, ...entries]);
}

/** The newest entries that the page can keep; the same list if it can keep all. */
function newest(entries: readonly ChatEntry[]): { entries: readonly ChatEntry[]; full: boolean } {
  let at = entries.length;
  let characters = 0;
  while (at > 0 && entries.length - at < CHAT_KEPT_MAX) {
    characters += entries[at - 1]?.text.length ?? 0;
    if (characters > CHAT_CHARACTERS_MAX) break;
    at -= 1;
  }
  const full = at > 0 || entries.length === CHAT_KEPT_MAX;
  return { entries: at === 0 ? entries : entries.slice(at), full };
}

/** The messages that are left after the chat was cleared. Those that wait for the server were not there yet. */
export function withoutCleared(entries: readonly ChatEntry[], clearedAt: number): readonly ChatEntry[] {
  const left = entries.filter(({ delivery, sentAt }) => delivery !== 'sent' || sentAt >= clearedAt);
  return left.length === entries.length ? entries : left;
}

/** The messages since the chat was cleared, and those from before. */
export function splitAt(
  messages: readonly ChatMessage[],
  clearedAt: number,
): [since: ChatMessage[], before: ChatMessage[]] {
  return [
    messages.filter(({ sentAt }) => sentAt >= clearedAt),
    messages.filter(({ sentAt }) => sentAt < clearedAt),
  ];
}

/** Whether a message that changed belongs into the log: it is not older than the log. */
export function isInReach(entries: readonly ChatEntry[], { messageId, sentAt }: ChatMessage): boolean {
  const oldest = entries.find(({ delivery }) => delivery === 'sent');
  return (
    (oldest !== undefined && oldest.sentAt < sentAt) || entries.some((entry) => entry.messageId === messageId)
  );
}

function toEntry(message: ChatMessage, { selfId, nameOf }: Reader): ChatEntry {
  const fromName = numbered(message.fromName, nameOf(message.fromPeerId));
  return {
    ...message,
    fromName,
    own: message.mine === true || message.fromPeerId === selfId,
    delivery: 'sent',
  };
}

/** The name at the time of sending, with the number that its owner has now beside others of the same name. */
function numbered(name: string, shownNow: string | null): string {
  const isNumbered = shownNow?.startsWith(name) === true && /^ \(\d+\)$/.test(shownNow.slice(name.length));
  return isNumbered ? shownNow : name;
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
