import type { ConsumerId, PeerId, ProducerId } from '@parley/proto/ids';
import type { PreferredLayers, Source } from '@parley/proto/rtp';
import type { types } from 'mediasoup-client';
import type { Consumed } from './consumption-plan.ts';

/** A consumer and its known state. Only `Consumption` and `RemoteStreams` change it. */
export class RemoteStream implements Consumed {
  readonly consumerId: ConsumerId;
  readonly producerId: ProducerId;
  readonly peerId: PeerId;
  readonly source: Source;
  readonly consumer: types.Consumer;
  paused = true;
  /** Whether the room forwards other voices than this one, which brings nothing so long. */
  heldBack = false;
  /** How often it has begun, or gone on after a pause or after it was held back. */
  runs = 0;
  layers: PreferredLayers | null = null;
  priority: number | null = null;
  unwantedSince: number | null = null;
  begunAt: number | null = null;
  /** 0 to 10; null: the server has not reported it yet. */
  score: number | null = null;
  producerScore: number | null = null;
  /** The layers that the server forwards now. */
  current: { spatialLayer: number | null; temporalLayer: number | null } | null = null;

  constructor(
    identity: { consumerId: ConsumerId; producerId: ProducerId; peerId: PeerId; source: Source },
    consumer: types.Consumer,
  ) {
    this.consumerId = identity.consumerId;
    this.producerId = identity.producerId;
    this.peerId = identity.peerId;
    this.source = identity.source;
    this.consumer = consumer;
  }

  get track(): MediaStreamTrack {
    return this.consumer.track;
  }
}
