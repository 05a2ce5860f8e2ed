import type { Logger } from '@parley/common/logging';
import type { Settings } from '../config.ts';
import type { RateLimiter } from '@parley/common/limits';
import type { ActLog } from '../database/act-log.ts';
import type { Attendance } from '../database/attendance.ts';
import type { ChatRepository } from '../database/chat-repository.ts';
import type { RoomKeeper } from '../directory/room-keeper.ts';
import type { LimitTable } from '../limits/limit-table.ts';
import type { PeerLimits } from '../limits/peer-limits.ts';
import type { RoomLimits } from '../limits/room-limits.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { RemoteNodes } from '../nodes/remote-nodes.ts';
import type { PeerExit } from '../peer/peer-exit.ts';
import type { PeerTasks } from '../peer/peer-tasks.ts';
import type { LobbyMedia } from './media/lobby-media.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';

/** The objects that all classes of this folder share. `signaling.ts` makes them once. */
export type Parts = Readonly<{
  settings: Settings;
  store: LiveRoomStore;
  nodes: RemoteNodes;
  tasks: PeerTasks;
  /** By `keyOfPeer`. */
  peerLimits: LimitTable<PeerLimits>;
  /** By the code of the room. */
  roomLimits: LimitTable<RoomLimits>;
  /** Joins of each address. */
  joins: RateLimiter;
  /** Looks of each address at who is in a room, before its join. */
  watches: RateLimiter;
  lobby: LobbyMedia;
  exit: PeerExit;
  attendance: Attendance;
  keeper: RoomKeeper;
  acts: ActLog;
  chat: ChatRepository;
  metrics: SignalingMetrics;
  logger: Logger;
}>;
