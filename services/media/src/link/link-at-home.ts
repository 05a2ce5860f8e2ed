import { EventEmitter } from 'node:events';
import { KeyedQueue } from '@parley/common/async';
import { ParleyError, type ErrorCode } from '@parley/proto/errors';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import { toRtpParametersMessage, type media } from '@parley/proto/media-rpc';
import type { MediaKind, RtpParameters } from '@parley/proto/rtp';
import { fromMediasoupError } from '../router/mediasoup-errors.ts';
import type { ConsumerDemand } from '../router/peer-consumer.ts';
import type { PeerProducer } from '../router/peer-producer.ts';
import type { PipeEnd, PipeParameters } from '../router/pipe-end.ts';
import type { PipeEndCause, SentProducer } from '../router/sent-producer.ts';
import type { Hearing } from './heard-routers.ts';
import { parseLinkRequest, type LinkCommand } from './link-messages.ts';
import type { OwnVoices } from './own-voices.ts';
import { RouterReport, type ReportedRouter } from './router-report.ts';

/** The stream of a link, as the home has it. `GrpcServerDuplex` of @parley/common implements it. */
export interface LinkStream {
  readonly closed: boolean;
  write(message: media.LinkResponseInput): void;
  end(): void;
  fail(error: unknown): void;
  on(event: 'message', listener: (message: media.LinkRequest) => void): unknown;
  once(event: 'closed', listener: () => void): unknown;
}

/** A router of this node, as links to it need it. */
export interface LinkSource extends ReportedRouter {
  createPipeEnd(): Promise<PipeEnd>;
  makeConsumer<T>(kind: MediaKind, make: () => Promise<T>): Promise<T>;
}

/** A producer of a room, with the peer and the router that it belongs to. */
export type HomeProducer = { producer: PeerProducer; peerId: PeerId; routerId: string };

/** What a link asks its room, and reports to it. */
export interface LinkedRoom {
  findProducer(producerId: ProducerId): HomeProducer | undefined;
  readonly voices: OwnVoices;
  hear(routerId: string): Hearing;
  /** What is needed of a producer over the link that `key` names; undefined: nothing any more. */
  setLinkDemand(producerId: ProducerId, key: string, demand: ConsumerDemand | undefined): void;
  /** A link has begun to carry a sound or a picture. */
  linkCarries(producerId: ProducerId, kind: MediaKind): void;
}

export type LinkAtHomeOptions = {
  stream: LinkStream;
  router: LinkSource;
  room: LinkedRoom;
  /** The end at the other node, and its router. */
  remote: PipeParameters;
  remoteRouterId: string;
};

type LinkAtHomeEvents = { closed: [] };

/** A room has fewer producers on one router. */
const CARRIED_MAX = 1_024;
/** Commands about one producer that wait for the worker. The other node has one or two on their way. */
const WAITING_MAX = 32;

/** The end of a link at the home of its producers: it sends what the other node asks for, and reports what becomes of it. */
export class LinkAtHome extends EventEmitter<LinkAtHomeEvents> {
  readonly #stream: LinkStream;
  readonly #router: LinkSource;
  readonly #room: LinkedRoom;
  readonly #end: PipeEnd;
  readonly #key: string = crypto.randomUUID();
  readonly #carried = new Map<ProducerId, Carried>();
  /** Commands about one producer are carried out in their order. */
  readonly #queue = new KeyedQueue<ProducerId>();
  readonly #hearing: Hearing;
  readonly #report: RouterReport;
  #closed = false;

  /** Answers the opening. Rejects if the stream ended meanwhile. */
  static async create(options: LinkAtHomeOptions): Promise<LinkAtHome> {
    const end = await options.router.createPipeEnd();
    try {
      await end.connect(options.remote);
      if (options.stream.closed || end.closed) throw new ParleyError('closed');
      return new LinkAtHome(options, end);
    } catch (error) {
      end.close();
      throw error;
    }
  }

  private constructor({ stream, router, room, remoteRouterId }: LinkAtHomeOptions, end: PipeEnd) {
    super();
    this.#stream = stream;
    this.#router = router;
    this.#room = room;
    this.#end = end;
    this.#hearing = room.hear(remoteRouterId);
    stream.once('closed', () => this.close());
    stream.on('message', (message) => this.#handle(message));
    // The router has lost its peers, or its worker died.
    end.once('closed', () => this.close());
    stream.write({ opened: { pipe: end.parameters } });
    this.#report = new RouterReport(router, room.voices, (message) => stream.write(message));
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue.close();
    this.#report.close();
    for (const producerId of this.#carried.keys()) this.#release(producerId, 'link-closed');
    this.#end.close();
    this.#stream.end();
    this.#hearing.close();
    this.emit('closed');
    this.removeAllListeners();
  }

  /** Call it when a producer of the room was closed. */
  producerClosed(producerId: ProducerId): void {
    const number = this.#carried.get(producerId)?.number;
    if (number === undefined) return;
    this.#release(producerId, 'producer-closed');
    this.#writeDropped({ producerId, number }, 'producer_not_found');
  }

  #handle(message: media.LinkRequest): void {
    if (this.#closed) return;
    try {
      const { carry, demand, drop, voices, speakers } = parseLinkRequest(message);
      if (voices) this.#hearing.setVoices(voices.voices);
      if (speakers) this.#hearing.setSpeakers(speakers);
      if (carry) this.#order(carry.producerId, () => this.#carry(carry));
      if (demand) this.#order(demand.producerId, () => this.#setDemand(demand));
      if (drop) this.#order(drop.producerId, () => this.#release(drop.producerId, 'unused'));
    } catch (error) {
      this.#stream.fail(error);
    }
  }

  /** Throws `rate_limited` if too much waits. */
  #order(producerId: ProducerId, act: () => void | Promise<void>): void {
    if (this.#queue.tasks(producerId) >= WAITING_MAX || this.#queue.size >= CARRIED_MAX)
      throw new ParleyError('rate_limited');
    // It rejects only with the end of the link.
    this.#queue.run(producerId, act).catch(() => undefined);
  }

  async #carry(order: CarryOrder): Promise<void> {
    const { producerId, number } = order;
    try {
      const carried = await this.#send(order);
      if (this.#closed) return carried.close('link-closed');
      this.#carried.set(producerId, carried);
      this.#stream.write({ carried: { producerId, number, ...carried.parameters } });
      // What the other node needs comes in a moment. Until then a sender that rests may start, and no other one sends more.
      if (carried.kind === 'video')
        this.#room.setLinkDemand(producerId, this.#key, { paused: false, spatialLayer: 0 });
      this.#room.linkCarries(producerId, carried.kind);
    } catch (error) {
      if (!this.#closed) this.#writeDropped(order, fromMediasoupError(error).code);
    }
  }

  async #send({ producerId, number }: CarryOrder): Promise<Carried> {
    if (this.#carried.has(producerId)) throw new ParleyError('conflict');
    if (this.#carried.size >= CARRIED_MAX) throw new ParleyError('at_capacity');
    const { producer } = this.#find(producerId);
    const sent = await this.#router.makeConsumer(producer.kind, () => this.#end.send(producerId));
    try {
      const found = this.#find(producerId);
      const report = (paused: boolean) => this.#stream.write({ paused: { producerId, paused } });
      return new Carried(number, sent, found.producer, report);
    } catch (error) {
      sent.close('producer-closed');
      throw error;
    }
  }

  #find(producerId: ProducerId): HomeProducer {
    const found = this.#room.findProducer(producerId);
    if (found?.routerId !== this.#router.id) throw new ParleyError('producer_not_found');
    return found;
  }

  #setDemand({ producerId, running, wanted, maxSpatialLayer }: NonNullable<LinkCommand['demand']>): void {
    const carried = this.#carried.get(producerId);
    // It was closed at home a moment ago.
    if (carried === undefined) return;
    carried.setRunning(running);
    if (carried.kind === 'video')
      this.#room.setLinkDemand(producerId, this.#key, { paused: !wanted, spatialLayer: maxSpatialLayer });
  }

  #release(producerId: ProducerId, cause: PipeEndCause): void {
    const carried = this.#carried.get(producerId);
    if (carried === undefined) return;
    this.#carried.delete(producerId);
    carried.close(cause);
    if (carried.kind === 'video') this.#room.setLinkDemand(producerId, this.#key, undefined);
  }

  #writeDropped({ producerId, number }: CarryOrder, code: ErrorCode): void {
    this.#stream.write({ dropped: { producerId, number, code } });
  }
}

type CarryOrder = NonNullable<LinkCommand['carry']>;

/** One producer that the link sends. */
class Carried {
  /** That of the order. */
  readonly number: number;
  readonly #sent: SentProducer;
  readonly #producer: PeerProducer;
  readonly #report: (paused: boolean) => void;
  /** Reported before the worker forwards again: the other end is to let the first packet through. */
  readonly #onResuming = (): void => this.#reportPaused(false);
  /** As the other end knows it. */
  #paused: boolean;

  constructor(number: number, sent: SentProducer, producer: PeerProducer, report: (paused: boolean) => void) {
    this.number = number;
    this.#sent = sent;
    this.#producer = producer;
    this.#report = report;
    this.#paused = sent.paused;
    producer.on('resuming', this.#onResuming);
    sent.on('pause-changed', (paused) => this.#reportPaused(paused));
  }

  get kind(): MediaKind {
    return this.#producer.kind;
  }

  get parameters() {
    return {
      rtpParameters: toRtpParametersMessage(this.#sent.rtpParameters as RtpParameters),
      paused: this.#paused,
    };
  }

  setRunning(running: boolean): void {
    this.#sent.setRunning(running);
  }

  close(cause: PipeEndCause): void {
    this.#producer.off('resuming', this.#onResuming);
    this.#sent.close(cause);
  }

  #reportPaused(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    this.#report(paused);
  }
}
