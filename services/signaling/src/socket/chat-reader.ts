import { ParleyError } from '@parley/proto/errors';
import type { ChatMessage } from '@parley/proto/room';
import type { ChatReader, ChatRecord } from '../database/chat-record.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { messageFor, readerOf } from '../room/chat/chat-history.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';

/** The peer of a session as a reader of the chat, by what the store has of its room. Rejects with `closed` for a room that is over. */
export async function readerIn(store: LiveRoomStore, { code, peer }: PeerSession): Promise<ChatReader> {
  const live = await store.look(code, { identity: peer.identity });
  if (live === undefined) throw new ParleyError('closed');
  return readerOf(live, peer);
}

/** A message as its sender receives it. Only a quote depends on how far back the sender reads, so the others need no look at the room. */
export async function sentMessage(
  store: LiveRoomStore,
  session: PeerSession,
  record: ChatRecord,
): Promise<ChatMessage> {
  const { peerId, peer } = session;
  const hasQuote = record.message.replyTo !== undefined;
  return messageFor(
    record,
    hasQuote ? await readerIn(store, session) : { peerId, identity: peer.identity, since: 0 },
  );
}
