import type { Logger } from '@parley/common/logging';
import type { ConductOptions } from '../limits/conduct.ts';
import type { Homes } from '../link/home-nodes.ts';
import type { PipePlace } from '../network/pipe-address.ts';
import type { PipeTimes } from '../pipe/pipe.ts';
import type { RoomId } from './ids.ts';
import type { PeerSettings } from './peer.ts';
import type { RoomMetrics } from './room-metrics.ts';
import type { RoomPlaces } from './room-routers.ts';

export type RoomSettings = PeerSettings & {
  /** How long a room without watchers stays open. */
  unwatchedGraceMs: number;
  /** How long a room in which nobody ever sent or received stays open. */
  unusedTimeoutMs: number;
  /** How long such a room stays open even when its place is needed. */
  idleMinMs: number;
  /** How long fewer layers must be wanted before the fall is reported to the sender. */
  lowerLayersAfterMs: number;
  conduct: ConductOptions;
  /** The most microphones that are forwarded at the same time. */
  voices: number;
  pipes: PipeTimes;
  /** Where links to other nodes end. */
  pipePlace: PipePlace;
};

export type RoomOptions = {
  id: RoomId;
  places: RoomPlaces;
  /** The other media nodes. */
  homes: Homes;
  settings: RoomSettings;
  logger: Logger;
  metrics: RoomMetrics;
};
