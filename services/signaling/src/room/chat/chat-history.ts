import { goneQuote, type ChatMessage, type MessageReaction, type PeerRecord } from '@parley/proto/room';
import { isReactor, isSender, type ChatReader, type ChatRecord } from '../../database/chat-record.ts';
import type { LivePeer, LiveRoom } from '../../store/live-room-store.ts';

/** What decides how far back somebody reads. */
type ChatRoom = Pick<LiveRoom, 'since' | 'record'>;

/** The time of the oldest message that the peer may read, by the settings of its room, in milliseconds since the epoch. */
export function readableSince(
  { since, record }: ChatRoom,
  { record: reader }: { readonly record: Pick<PeerRecord, 'joinedAt'> },
): number {
  switch (record.settings.historyForLatecomers) {
    case 'call':
      return since;
    case 'everything':
      return 0;
    case 'nothing':
      return reader.joinedAt;
  }
}

export function readerOf(room: ChatRoom, peer: Pick<LivePeer, 'record' | 'identity'>): ChatReader {
  return { peerId: peer.record.peerId, identity: peer.identity, since: readableSince(room, peer) };
}

/**
 * The message as this reader receives it: the same object for all who receive it as it is. A reply shows nothing of a message that the reader may not
 * read.
 */
export function messageFor(record: ChatRecord, reader: ChatReader): ChatMessage {
  const { message } = record;
  const { replyTo, reactions } = message;
  const hides = replyTo !== undefined && replyTo.sentAt !== null && replyTo.sentAt < reader.since;
  if (!hides && reactions === undefined && !isSender(record, reader)) return message;
  return {
    ...message,
    ...(hides && { replyTo: goneQuote(replyTo.messageId) }),
    ...(reactions && { reactions: reactions.map((one) => reactionFor(record, one, reader)) }),
    ...(isSender(record, reader) && { mine: true as const }),
  };
}

function reactionFor(record: ChatRecord, reaction: MessageReaction, reader: ChatReader): MessageReaction {
  const isMine = reaction.peerIds.some((peerId) => isReactor(record, peerId, reader));
  return isMine ? { ...reaction, mine: true } : reaction;
}
