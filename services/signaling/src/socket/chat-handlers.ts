import { ParleyError } from '@parley/proto';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { Handlers } from './handler-types.ts';
import type { ChatRepository } from '../database/chat-repository.ts';

type ChatHandlersOptions = { chat: ChatRepository; store: LiveRoomStore; metrics: SignalingMetrics };

/** A message is stored before anybody gets it: what was accepted is not lost. */
export function createChatHandlers(options: ChatHandlersOptions): Pick<Handlers, 'chat:send' | 'chat:list'> {
  const { chat, store, metrics } = options;
  return {
    'chat:send': async ({ clientMessageId, toPeerId, text }, session) => {
      const room = await store.find(session.code);
      const to = toPeerId === null ? null : room?.peers.find((peer) => peer.record.peerId === toPeerId);
      if (to === undefined) {
        // The addressee may have left since the message was sent; the answer to its sending may be lost.
        const sent = await chat.findSent(session.code, session.peerId, clientMessageId);
        if (sent?.toPeerId !== toPeerId) throw new ParleyError('peer_not_found');
        return { message: sent };
      }
      if (toPeerId === session.peerId)
        throw new ParleyError('invalid_request', 'A message to oneself goes nowhere.');
      const { displayName: fromName } = await session.record();
      const toName = to?.record.displayName ?? null;
      const draft = { clientMessageId, fromPeerId: session.peerId, fromName, toPeerId, toName, text };
      const { message, isNew } = await chat.insert(session.code, draft);
      if (isNew) metrics.chatSent(toPeerId === null ? 'everybody' : 'private');
      // Again when it is repeated: the first time it may have been stored and not passed on.
      await store.publish(session.code, { type: 'chat-received', message });
      return { message };
    },

    'chat:list': ({ before, limit }, session) => chat.list(session.code, session.peerId, { before, limit }),
  };
}
