import { ParleyError } from '@parley/proto/errors';
import type { MessageId, PeerId } from '@parley/proto/ids';
import type { RequestPayload } from '@parley/proto/requests';
import type { ActLog } from '../database/act-log.ts';
import type { ChatRecord } from '../database/chat-record.ts';
import type { ChatRepository } from '../database/chat-repository.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { messageFor, readerOf } from '../room/chat/chat-history.ts';
import { assertMayReply } from '../room/chat/chat-rules.ts';
import type { LivePeer, LiveRoomStore } from '../store/live-room-store.ts';
import { readerIn, sentMessage } from './chat-reader.ts';
import type { Handlers } from './handler-types.ts';

type ChatVerbs = 'chat:send' | 'chat:list' | 'chat:clear';

type Reply = { replyTo: MessageId; to: LivePeer | null; clientMessageId: string };

type ChatHandlersOptions = {
  chat: ChatRepository;
  store: LiveRoomStore;
  metrics: SignalingMetrics;
  acts: ActLog;
};

/**
 * A message is stored in PostgreSQL before anybody receives it, so that no accepted message is lost. If the live-room store
 * is lost in between, the message is stored and its sender receives `unavailable`. A retry with the same `clientMessageId`
 * stores nothing more and passes the message on. Instances that also lost the store pass it on by their resync.
 */
export function createChatHandlers(options: ChatHandlersOptions): Pick<Handlers, ChatVerbs> {
  const { chat, store, acts } = options;
  return {
    'chat:send': async ({ clientMessageId, toPeerId, text, replyTo, fileId }, session) => {
      const { code, peerId: fromPeerId } = session;
      // Refuse before the message is stored, because it could not be passed on. Without events a session is not notified
      // either that another one has its peer, and this check spares a public message the look-up of its sender.
      if (!store.available) throw new ParleyError('unavailable');
      const to = toPeerId === null ? null : await findAddressee(store, session, toPeerId);
      if (to === undefined) {
        const sent = await findSent(chat, session, { clientMessageId, toPeerId });
        return { message: await sentMessage(store, session, sent) };
      }
      if (replyTo !== undefined) await assertReply(options, session, { replyTo, to, clientMessageId });
      const { record, isNew } = await chat.insert(code, {
        clientMessageId,
        fromPeerId,
        fromName: session.peer.record.displayName,
        fromIdentity: session.peer.identity,
        toPeerId,
        toName: to && to.record.displayName,
        toIdentity: to && to.identity,
        text,
        replyTo,
        fileId,
      });
      if (isNew) options.metrics.chatSent(toPeerId === null ? 'everybody' : 'private');
      // Also for a repeated request: the first one may have been stored and not passed on.
      await store.publish(code, { type: 'chat-received', ...record });
      return { message: await sentMessage(store, session, record) };
    },

    'chat:list': async ({ before, limit }, session) => {
      const reader = await readerIn(store, session);
      const { records, more } = await chat.list(session.code, reader, { before, limit });
      return { messages: records.map((record) => messageFor(record, reader)), more };
    },

    'chat:clear': async (_payload, { code, peerId, peer, logger }) => {
      // Refuse before anything is deleted, because the others could not be notified.
      if (!store.available) throw new ParleyError('unavailable');
      const clearedAt = await chat.clear(code);
      const { displayName } = peer.record;
      await store.publish(code, { type: 'chat-cleared', byPeerId: peerId, byName: displayName, clearedAt });
      const by = { peerId, name: displayName, identity: peer.identity };
      acts.add({ code, kind: 'chat-cleared', by, to: null, detail: null, doneAt: clearedAt });
      logger.info('chat cleared');
      return { clearedAt };
    },
  };
}

/** Rejects with `not_found` or `conflict` if the peer may not reply to that message. */
async function assertReply(
  { chat, store }: ChatHandlersOptions,
  { code, peer }: PeerSession,
  { replyTo, to, clientMessageId }: Reply,
): Promise<void> {
  const live = await store.look(code, { identity: peer.identity });
  if (live === undefined) throw new ParleyError('closed');
  const reader = readerOf(live, peer);
  // A repeated request stays harmless, whatever became of the message since.
  if ((await chat.findSent(code, reader, clientMessageId)) !== undefined) return;
  assertMayReply(await chat.find(code, reader, replyTo), reader, to && readerOf(live, to));
}

/** Undefined if the addressee is not in the room. */
async function findAddressee(
  store: LiveRoomStore,
  { code, peerId }: PeerSession,
  toPeerId: PeerId,
): Promise<LivePeer | undefined> {
  if (toPeerId === peerId) throw new ParleyError('invalid_request', 'A message to oneself goes nowhere.');
  return store.findPeer(code, toPeerId);
}

/** The message of a repeated request whose first reply was lost, to an addressee who left since. Rejects with `peer_not_found`. */
async function findSent(
  chat: ChatRepository,
  { code, peerId, peer }: PeerSession,
  { clientMessageId, toPeerId }: Pick<RequestPayload<'chat:send'>, 'clientMessageId' | 'toPeerId'>,
): Promise<ChatRecord> {
  const sent = await chat.findSent(code, { peerId, identity: peer.identity }, clientMessageId);
  if (sent?.message.toPeerId !== toPeerId) throw new ParleyError('peer_not_found');
  return sent;
}
