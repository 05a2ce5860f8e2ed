import {
  ParleyError,
  type ChatMessage,
  type MessageId,
  type PeerId,
  type RequestPayload,
} from '@parley/proto';
import type { ChatRepository } from '../database/chat-repository.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { readableSince } from '../room/chat-history.ts';
import { assertMayReply } from '../room/chat-rules.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import type { Handlers } from './handler-types.ts';

type ChatVerbs = 'chat:send' | 'chat:list' | 'chat:clear';

type Reply = { replyTo: MessageId; toPeerId: PeerId | null; clientMessageId: string };

type ChatHandlersOptions = {
  chat: ChatRepository;
  store: LiveRoomStore;
  metrics: SignalingMetrics;
};

/**
 * A message is stored in PostgreSQL before anybody receives it, so that no accepted message is lost. If the live-room store
 * is lost in between, the message is stored and its sender receives `unavailable`. A retry with the same `clientMessageId`
 * stores nothing more and passes the message on. Instances that also lost the store pass it on by their resync.
 */
export function createChatHandlers(options: ChatHandlersOptions): Pick<Handlers, ChatVerbs> {
  const { chat, store } = options;
  return {
    'chat:send': async ({ clientMessageId, toPeerId, text, replyTo, fileId }, session) => {
      const { code, peerId: fromPeerId } = session;
      // Refuse before the message is stored, because it could not be passed on. Without events a session is not notified
      // either that another one has its peer, and this check spares a public message the look-up of its sender.
      if (!store.available) throw new ParleyError('unavailable');
      const toName = toPeerId === null ? null : await nameOf(store, session, toPeerId);
      if (toName === undefined)
        return { message: await findSent(chat, session, { clientMessageId, toPeerId }) };
      const { displayName: fromName } = session.peer.record;
      if (replyTo !== undefined) await assertReply(options, session, { replyTo, toPeerId, clientMessageId });
      const draft = { clientMessageId, fromPeerId, fromName, toPeerId, toName, text, replyTo, fileId };
      const { message, isNew } = await chat.insert(code, draft);
      if (isNew) options.metrics.chatSent(toPeerId === null ? 'everybody' : 'private');
      // Also for a repeated request: the first one may have been stored and not passed on.
      await store.publish(code, { type: 'chat-received', message });
      return { message };
    },

    'chat:list': async ({ before, limit }, { code, peerId, peer }) => {
      const live = await store.find(code);
      if (live === undefined) throw new ParleyError('closed');
      return chat.list(code, peerId, { since: readableSince(live, peer), before, limit });
    },

    'chat:clear': async (_payload, { code, peerId, peer, logger }) => {
      // Refuse before anything is deleted, because the others could not be notified.
      if (!store.available) throw new ParleyError('unavailable');
      const clearedAt = await chat.clear(code);
      const { displayName } = peer.record;
      await store.publish(code, { type: 'chat-cleared', byPeerId: peerId, byName: displayName, clearedAt });
      logger.info('chat cleared');
      return { clearedAt };
    },
  };
}

/** Rejects with `not_found` or `conflict` if the peer may not reply to that message. */
async function assertReply(
  { chat, store }: ChatHandlersOptions,
  { code, peerId, peer }: PeerSession,
  { replyTo, toPeerId, clientMessageId }: Reply,
): Promise<void> {
  const live = await store.find(code);
  if (live === undefined) throw new ParleyError('closed');
  // A repeated request stays harmless, whatever became of the message since.
  if ((await chat.findSent(code, peerId, clientMessageId)) !== undefined) return;
  const message = await chat.find(code, peerId, {
    messageId: replyTo,
    since: readableSince(live, peer),
  });
  assertMayReply(message, peerId, toPeerId);
}

/** Undefined if the addressee is not in the room. */
async function nameOf(
  store: LiveRoomStore,
  { code, peerId }: PeerSession,
  toPeerId: PeerId,
): Promise<string | undefined> {
  if (toPeerId === peerId) throw new ParleyError('invalid_request', 'A message to oneself goes nowhere.');
  return (await store.findPeer(code, toPeerId))?.record.displayName;
}

/** The message of a repeated request whose first reply was lost, to an addressee who left since. Rejects with `peer_not_found`. */
async function findSent(
  chat: ChatRepository,
  { code, peerId }: PeerSession,
  { clientMessageId, toPeerId }: Pick<RequestPayload<'chat:send'>, 'clientMessageId' | 'toPeerId'>,
): Promise<ChatMessage> {
  const sent = await chat.findSent(code, peerId, clientMessageId);
  if (sent?.toPeerId !== toPeerId) throw new ParleyError('peer_not_found');
  return sent;
}
