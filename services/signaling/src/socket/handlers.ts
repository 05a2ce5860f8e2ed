import type { Settings } from '../config.ts';
import type { ChatRepository } from '../database/chat-repository.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { PeerExit } from '../peer/peer-exit.ts';
import type { Lifecycle } from '../room/lifecycle.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import { createChatHandlers } from './chat-handlers.ts';
import type { Handlers } from './handler-types.ts';
import { createConsumerHandlers, createProducerHandlers, createTransportHandlers } from './media-handlers.ts';
import { createPeerHandlers } from './peer-handlers.ts';
import { createRoomHandlers } from './room-handlers.ts';

type HandlersOptions = {
  lifecycle: Lifecycle;
  exit: PeerExit;
  store: LiveRoomStore;
  chat: ChatRepository;
  settings: Settings;
  metrics: SignalingMetrics;
};

/** A handler for every verb of the contract. */
export function createHandlers(options: HandlersOptions): Handlers {
  const { lifecycle, exit, store, chat, settings, metrics } = options;
  return {
    ...createRoomHandlers(lifecycle, exit, metrics),
    ...createTransportHandlers(),
    ...createProducerHandlers(),
    ...createConsumerHandlers(lifecycle.rooms),
    ...createChatHandlers({ chat, store, settings, metrics }),
    ...createPeerHandlers(store),
  };
}
