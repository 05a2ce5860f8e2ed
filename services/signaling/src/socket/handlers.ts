import type { Lifecycle } from '../room/lifecycle.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { Handlers } from './handler-types.ts';
import type { ChatRepository } from '../database/chat-repository.ts';
import { createChatHandlers } from './chat-handlers.ts';
import { createConsumerHandlers, createProducerHandlers, createTransportHandlers } from './media-handlers.ts';
import { createPeerHandlers } from './peer-handlers.ts';
import { createRoomHandlers } from './room-handlers.ts';

type HandlersOptions = {
  calls: Lifecycle;
  store: LiveRoomStore;
  chat: ChatRepository;
  metrics: SignalingMetrics;
};

/** Every verb of the contract. */
export function createHandlers({ calls, store, chat, metrics }: HandlersOptions): Handlers {
  return {
    ...createRoomHandlers(calls),
    ...createTransportHandlers(),
    ...createProducerHandlers(),
    ...createConsumerHandlers(calls.localRooms),
    ...createChatHandlers({ chat, store, metrics }),
    ...createPeerHandlers(store),
  };
}
