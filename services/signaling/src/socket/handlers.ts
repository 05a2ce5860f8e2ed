import type { SignalingMetrics } from '../metrics.ts';
import type { PeerExit } from '../peer/peer-exit.ts';
import type { Lifecycle } from '../room/lifecycle.ts';
import { createFileHandlers, type FileHandlersOptions } from './file-handlers.ts';
import { createChatChangeHandlers } from './chat-change-handlers.ts';
import { createChatHandlers } from './chat-handlers.ts';
import { createDoorHandlers } from './door-handlers.ts';
import type { Handlers } from './handler-types.ts';
import { createConsumerHandlers, createProducerHandlers, createTransportHandlers } from './media-handlers.ts';
import { createLobbyHandlers } from './lobby-handlers.ts';
import { createModerationHandlers } from './moderation-handlers.ts';
import { createPeerHandlers } from './peer-handlers.ts';
import { createRoomHandlers } from './room-handlers.ts';

type HandlersOptions = FileHandlersOptions & {
  lifecycle: Lifecycle;
  exit: PeerExit;
  metrics: SignalingMetrics;
};

/** A handler for every verb of the contract. */
export function createHandlers(options: HandlersOptions): Handlers {
  const { lifecycle, exit, store, chat, metrics } = options;
  return {
    ...createRoomHandlers(lifecycle, exit, metrics),
    ...createTransportHandlers(lifecycle.ice),
    ...createProducerHandlers(),
    ...createConsumerHandlers(lifecycle.rooms),
    ...createChatHandlers({ chat, store, metrics, acts: lifecycle.acts }),
    ...createChatChangeHandlers({ chat, store }),
    ...createFileHandlers(options),
    ...createPeerHandlers(store, lifecycle.rooms),
    ...createModerationHandlers(lifecycle.moderation, lifecycle.callRules),
    ...createLobbyHandlers(lifecycle.lobby, lifecycle.lobbyPeople, lifecycle.ice),
    ...createDoorHandlers(lifecycle.waiting, lifecycle.doorkeeper, lifecycle.lobbyPeople),
  };
}
