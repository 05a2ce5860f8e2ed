// Original file: proto/parley/media/v1/media.proto

import type { WorkerStatusInput as _parley_media_v1_WorkerStatusInput, WorkerStatus as _parley_media_v1_WorkerStatus } from '../../../parley/media/v1/WorkerStatus.ts';
import type { ProbeAddressInput as _parley_media_v1_ProbeAddressInput, ProbeAddress as _parley_media_v1_ProbeAddress } from '../../../parley/media/v1/ProbeAddress.ts';

export interface GetStatusResponseInput {
  /**
   * Whether a new room would find a worker now.
   */
  'accepting'?: (boolean);
  'workers'?: (_parley_media_v1_WorkerStatusInput)[];
  'rooms'?: (number);
  'peers'?: (number);
  /**
   * The node is about to stop: it takes no more rooms and peers, and those that it has should move.
   */
  'draining'?: (boolean);
  /**
   * The region that the node is in; empty: none is known.
   */
  'region'?: (string);
  /**
   * The preferred first; none without a region.
   */
  'probes'?: (_parley_media_v1_ProbeAddressInput)[];
  /**
   * Ports that are left for links to other nodes. Without any the node can take part in no further link.
   */
  'freePipePorts'?: (number);
  '_freePipePorts'?: "freePipePorts";
}

export interface GetStatusResponse {
  /**
   * Whether a new room would find a worker now.
   */
  'accepting': (boolean);
  'workers': (_parley_media_v1_WorkerStatus)[];
  'rooms': (number);
  'peers': (number);
  /**
   * The node is about to stop: it takes no more rooms and peers, and those that it has should move.
   */
  'draining': (boolean);
  /**
   * The region that the node is in; empty: none is known.
   */
  'region': (string);
  /**
   * The preferred first; none without a region.
   */
  'probes': (_parley_media_v1_ProbeAddress)[];
  /**
   * Ports that are left for links to other nodes. Without any the node can take part in no further link.
   */
  'freePipePorts'?: (number);
  '_freePipePorts'?: "freePipePorts";
}
