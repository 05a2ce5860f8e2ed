import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { Source } from '@parley/proto/rtp';
import type { PeerProducer, ProduceOptions } from '../router/peer-producer.ts';
import type { PeerTransport } from '../router/peer-transport.ts';
import { checkRtpParameters, ssrcsOf } from './rtp-validation.ts';

type PeerProducersEvents = {
  opened: [PeerProducer];
  closed: [PeerProducer];
  scored: [PeerProducer, number[]];
};

/** The producers of a peer: at most one of each source. */
export class PeerProducers extends EventEmitter<PeerProducersEvents> {
  readonly #transport: () => PeerTransport | undefined;
  readonly #mayRun: (source: Source) => boolean;
  readonly #producers = new Map<Source, PeerProducer>();
  readonly #making = new Map<Source, { request: ProduceOptions; made: Promise<PeerProducer> }>();
  #closed = false;

  /**
   * @param transport The one to send on; undefined while there is none.
   * @param mayRun Whether a producer of this source may send to others now.
   */
  constructor(transport: () => PeerTransport | undefined, mayRun: (source: Source) => boolean) {
    super();
    this.#transport = transport;
    this.#mayRun = mayRun;
  }

  get all(): readonly PeerProducer[] {
    return [...this.#producers.values()];
  }

  get(id: ProducerId): PeerProducer {
    this.#assertOpen();
    const producer = this.#find(id);
    if (!producer) throw new ParleyError('producer_not_found');
    return producer;
  }

  /** Call it when the transport was closed, and with it every producer. */
  transportClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const producer of this.#producers.values()) producer.transportClosed();
    this.removeAllListeners();
  }

  /**
   * Rejects with `transport_not_found` while there is no transport to send on. A repeated request returns the same producer, because a reply may have been lost. The same source with other
   * parameters is a `conflict`.
   */
  async produce(request: ProduceOptions): Promise<PeerProducer> {
    this.#assertOpen();
    // No await unless one is being made: otherwise two requests in one turn would both find none.
    const making = this.#making.get(request.source);
    const existing = this.#producers.get(request.source) ?? (making && (await making.made));
    if (existing?.isFrom(request)) return existing;
    if (existing) throw new ParleyError('conflict', 'That source is produced with other parameters.');
    const made = this.#make(request).finally(() => this.#making.delete(request.source));
    this.#making.set(request.source, { request, made });
    return made;
  }

  async setPaused(id: ProducerId, paused: boolean): Promise<void> {
    const producer = this.get(id);
    if (!paused) this.#assertMayRun(producer.source);
    await producer.setPaused(paused);
  }

  /** Closing an unknown producer is no error. */
  close(id: ProducerId): void {
    this.#assertOpen();
    const producer = this.#find(id);
    if (!producer) return;
    this.#producers.delete(producer.source);
    producer.close();
    this.emit('closed', producer);
  }

  async #make(request: ProduceOptions): Promise<PeerProducer> {
    if (!request.paused) this.#assertMayRun(request.source);
    checkRtpParameters(request.source, request.kind, request.rtpParameters);
    this.#checkFree(request);
    const transport = this.#transport();
    if (transport === undefined) throw new ParleyError('transport_not_found');
    const producer = await transport.produce(request);
    if (this.#closed) {
      producer.transportClosed();
      throw new ParleyError('closed');
    }
    this.#producers.set(producer.source, producer);
    producer.on('scored', (scores) => this.emit('scored', producer, scores));
    this.emit('opened', producer);
    return producer;
  }

  /**
   * The worker tells packets apart by MID and SSRC. Both must be unique on a transport, also among producers in the
   * making.
   */
  #checkFree({ rtpParameters }: ProduceOptions): void {
    const others = [
      ...this.all.map((producer) => producer.rtpParameters),
      ...[...this.#making.values()].map((making) => making.request.rtpParameters),
    ];
    const ssrcs = new Set(others.flatMap(ssrcsOf));
    const mids = new Set(others.map((other) => other.mid));
    const midTaken = rtpParameters.mid !== undefined && mids.has(rtpParameters.mid);
    if (midTaken || ssrcsOf(rtpParameters).some((ssrc) => ssrcs.has(ssrc))) {
      throw new ParleyError('conflict', 'An SSRC or MID belongs to another producer of this peer.');
    }
  }

  #find(id: ProducerId): PeerProducer | undefined {
    return this.all.find((producer) => producer.id === id);
  }

  #assertMayRun(source: Source): void {
    if (!this.#mayRun(source)) throw new ParleyError('over_limit');
  }

  #assertOpen(): void {
    if (this.#closed) throw new ParleyError('closed');
  }
}
