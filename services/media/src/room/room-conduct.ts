import { EventEmitter } from 'node:events';
import type { Logger } from '@parley/common/logging';
import type { PeerId } from '@parley/proto/ids';
import type { Source } from '@parley/proto/rtp';
import type { ConductOptions } from '../limits/conduct.ts';
import { Conducts, type Sender } from '../limits/conducts.ts';
import type { PeerProducer } from '../router/peer-producer.ts';
import type { Peer } from './peer.ts';
import type { RoomMetrics } from './room-metrics.ts';

type RoomConductEvents = {
  /** The producer was paused. */
  limited: [peer: Peer, producer: PeerProducer];
  /** The owner of the peer closes it. */
  ended: [peer: Peer];
};

/** What a room does about peers that send more than they may. */
export class RoomConduct extends EventEmitter<RoomConductEvents> {
  readonly #conducts: Conducts;
  readonly #metrics: RoomMetrics;
  readonly #logger: Logger;

  constructor(options: ConductOptions, metrics: RoomMetrics, logger: Logger) {
    super();
    this.#conducts = new Conducts(options);
    this.#metrics = metrics;
    this.#logger = logger;
  }

  close(): void {
    this.removeAllListeners();
  }

  /** Whether the peer was ended, and may not come again for a while. */
  hasEnded(peerId: PeerId): boolean {
    return this.#conducts.hasEnded(peerId);
  }

  /** Whether a producer of this source may send to others now. */
  mayRun(sender: Sender, source: Source): boolean {
    return this.#conducts.mayRun(sender, source);
  }

  /** The peer sends more than it may, of this source or of all together. */
  sanction(peer: Peer, source: Source | undefined): void {
    const sanction = this.#conducts.strike(peer, source);
    this.#metrics.sanctioned(sanction);
    this.#logger.warn({ peerId: peer.id, source, sanction }, 'peer sends too much');
    if (sanction === 'end') {
      this.emit('ended', peer);
      return;
    }
    const producer = peer.producers.all.find((one) => one.source === source);
    // The peer has closed it meanwhile, and cannot make it again for a while.
    if (producer === undefined) return;
    producer.limit().then(
      () => this.emit('limited', peer, producer),
      (error: unknown) => {
        if (!producer.closed) this.#logger.error({ err: error }, 'producer not paused');
      },
    );
  }
}
