import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { types } from 'mediasoup';
import { mapMediasoupErrors } from './mediasoup-errors.ts';
import { PipedProducer } from './piped-producer.ts';

/**
 * Where the ends of links listen. Only processes of this machine reach it, so that nothing is encrypted. The ports are below those of the workers and those
 * that the system gives to others: a worker that is replaced needs its own port again.
 */
const LISTEN: types.TransportListenInfo = {
  protocol: 'udp',
  ip: '127.0.0.1',
  portRange: { min: 10_000, max: 14_999 },
  // A key frame of several cameras comes at once. The system may give less.
  recvBufferSize: 4 * 1024 * 1024,
};

/** Of a link to another node. This one lasts as long as its routers, and what it carries as long as the producers. */
type RouterLinkEvents = { ended: []; dropped: [ProducerId] };

/** Two pipe transports that connect two routers of this machine. They carry producers in both directions. */
export class RouterLink extends EventEmitter<RouterLinkEvents> {
  /** See `RouterLinkEvents`. */
  readonly ended = false;
  readonly #ends: ReadonlyMap<string, types.PipeTransport>;
  #closed = false;

  static async create(one: types.Router, other: types.Router): Promise<RouterLink> {
    const create = (router: types.Router) => router.createPipeTransport({ listenInfo: LISTEN });
    const made = await Promise.allSettled([create(one), create(other)]);
    const [first, second] = made;
    try {
      if (first.status === 'rejected') throw first.reason;
      if (second.status === 'rejected') throw second.reason;
      const [near, far] = [first.value, second.value];
      await mapMediasoupErrors(Promise.all([connect(near, far), connect(far, near)]));
      return new RouterLink(
        new Map([
          [one.id, near],
          [other.id, far],
        ]),
      );
    } catch (error) {
      for (const end of made) if (end.status === 'fulfilled') end.value.close();
      throw await mapMediasoupErrors(Promise.reject(error));
    }
  }

  private constructor(ends: ReadonlyMap<string, types.PipeTransport>) {
    super();
    this.#ends = ends;
  }

  /** Closes all that it carries, at both ends. An end whose worker died is closed already. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const end of this.#ends.values()) end.close();
  }

  /** Brings a producer of the router with this id to the other router. */
  async carry(producerId: ProducerId, fromRouterId: string): Promise<PipedProducer> {
    const from = this.#ends.get(fromRouterId);
    const to = [...this.#ends.values()].find((end) => end !== from);
    if (this.#closed || !from || !to) throw new ParleyError('closed');
    return PipedProducer.create(producerId, from, to);
  }
}

function connect(end: types.PipeTransport, other: types.PipeTransport): Promise<void> {
  return end.connect({ ip: other.tuple.localAddress, port: other.tuple.localPort });
}
