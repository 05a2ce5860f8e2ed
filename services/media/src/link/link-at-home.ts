import { EventEmitter } from 'node:events';
import { KeyedQueue } from '@parley/common/async';
import { ParleyError, type ErrorCode } from '@parley/proto/errors';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import { toRtpParametersMessage, type media } from '@parley/proto/media-rpc';
import type { MediaKind, RtpParameters } from '@parley/proto/rtp';
import { fromMediasoupError } from '../router/mediasoup-errors.ts';
import { LatestThrottle } from '../router/latest-throttle.ts';
import type { ConsumerDemand } from '../router/peer-consumer.ts';
import type { PeerProducer } from '../router/peer-producer.ts';
import type { PipeEnd, PipeParameters } from '../router/pipe-end.ts';
import type { PipeEndCause, SentProducer } from '../router/sent-producer.ts';
import type { SpeakersState } from '../router/speakers.ts';
import { parseLinkRequest, type LinkCommand } from './link-messages.ts';

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
export interface LinkSource {
  readonly id: string;
  readonly speakers: {
    readonly state: SpeakersState;
    on(event: 'changed', listener: (state: SpeakersState) => void): unknown;
    off(event: 'changed', listener: (state: SpeakersState) => void): unknown;
  };
  createPipeEnd(): Promise<PipeEnd>;
  makeConsumer<T>(kind: MediaKind, make: () => Promise<T>): Promise<T>;
}

/** A producer of a room, with the peer and the router that it belongs to. */
export type HomeProducer = { producer: PeerProducer; peerId: PeerId; routerId: string };

/** What a link asks its room, and reports to it. */
export interface LinkedRoom {
  findProducer(producerId: ProducerId): HomeProducer | undefined;
  hasHandUp(peerId: PeerId): boolean;
  /** What is needed of a producer over the link that `key` names; undefined: nothing any more. */
  setLinkDemand(producerId: ProducerId, key: string, demand: ConsumerDemand | undefined): void;
  /** A link has begun to carry a sound or a picture. */
  linkCarries(producerId: ProducerId, kind: MediaKind): void;
}

export type LinkAtHomeOptions = {
  stream: LinkStream;
  router: LinkSource;
  room: LinkedRoom;
  /** The end at the other node. */
  remote: PipeParameters;
};

type LinkAtHomeEvents = { closed: [] };

/** A room has fewer producers on one router. */
const CARRIED_MAX = 1_024;
/** Commands about one producer that wait for the worker. The other node has one or two on their way. */
const WAITING_MAX = 32;
/** As levels are reported. */
const SPEAKERS_INTERVAL_MS = 250;

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
  readonly #speakers: LatestThrottle<SpeakersState>;
  readonly #reportSpeakers = (state: SpeakersState): void => this.#speakers.push(state);
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

  private constructor({ stream, router, room }: LinkAtHomeOptions, end: PipeEnd) {
    super();
    this.#stream = stream;
    this.#router = router;
    this.#room = room;
    this.#end = end;
    this.#speakers = new LatestThrottle(SPEAKERS_INTERVAL_MS, (state) => this.#writeSpeakers(state));
    stream.once('closed', () => this.close());
    stream.on('message', (message) => this.#handle(message));
    // The router has lost its peers, or its worker died.
    end.once('closed', () => this.close());
    stream.write({ opened: { pipe: end.parameters } });
    router.speakers.on('changed', this.#reportSpeakers);
    this.#speakers.push(router.speakers.state);
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue.close();
    this.#speakers.close();
    this.#router.speakers.off('changed', this.#reportSpeakers);
    for (const producerId of this.#carried.keys()) this.#release(producerId, 'link-closed');
    this.#end.close();
    this.#stream.end();
    this.emit('closed');
    this.removeAllListeners();
  }

  /** Call it when a producer of the room was closed. */
  producerClosed(producerId: ProducerId): void {
    if (this.#release(producerId, 'producer-closed')) this.#writeDropped(producerId, 'producer_not_found');
  }

  /** Call it when a hand was raised or lowered. */
  handChanged(peerId: PeerId, raised: boolean): void {
    const hasVoice = [...this.#carried.values()].some((one) => one.isVoiceOf(peerId));
    if (hasVoice && !this.#closed) this.#stream.write({ hand: { peerId, raised } });
  }

  #handle(message: media.LinkRequest): void {
    if (this.#closed) return;
    try {
      const { carry, demand, drop } = parseLinkRequest(message);
      if (carry) this.#order(carry.producerId, () => this.#carry(carry.producerId));
      if (demand) this.#order(demand.producerId, () => this.#setDemand(demand));
      if (drop) this.#order(drop.producerId, () => void this.#release(drop.producerId, 'unused'));
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

  async #carry(producerId: ProducerId): Promise<void> {
    try {
      const carried = await this.#send(producerId);
      if (this.#closed) return;
      this.#carried.set(producerId, carried);
      this.#stream.write({ carried: { producerId, ...carried.parameters } });
      if (carried.kind === 'video') this.#room.setLinkDemand(producerId, this.#key, { paused: false });
      if (carried.isVoiceOf(carried.peerId) && this.#room.hasHandUp(carried.peerId))
        this.#stream.write({ hand: { peerId: carried.peerId, raised: true } });
      this.#room.linkCarries(producerId, carried.kind);
    } catch (error) {
      if (!this.#closed) this.#writeDropped(producerId, fromMediasoupError(error).code);
    }
  }

  async #send(producerId: ProducerId): Promise<Carried> {
    if (this.#carried.has(producerId)) throw new ParleyError('conflict');
    if (this.#carried.size >= CARRIED_MAX) throw new ParleyError('at_capacity');
    const { producer } = this.#find(producerId);
    const sent = await this.#router.makeConsumer(producer.kind, () => this.#end.send(producerId));
    try {
      const found = this.#find(producerId);
      return new Carried(sent, found, (paused) => this.#stream.write({ paused: { producerId, paused } }));
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

  #release(producerId: ProducerId, cause: PipeEndCause): boolean {
    const carried = this.#carried.get(producerId);
    if (carried === undefined) return false;
    this.#carried.delete(producerId);
    carried.close(cause);
    if (carried.kind === 'video') this.#room.setLinkDemand(producerId, this.#key, undefined);
    return true;
  }

  #writeDropped(producerId: ProducerId, code: ErrorCode): void {
    this.#stream.write({ dropped: { producerId, code } });
  }

  #writeSpeakers({ speakers, dominantPeerId }: SpeakersState): void {
    const message = { speakers: [...speakers] };
    this.#stream.write({
      speakers: dominantPeerId === undefined ? message : { ...message, dominantPeerId },
    });
  }
}

/** One producer that the link sends. */
class Carried {
  readonly peerId: PeerId;
  readonly #sent: SentProducer;
  readonly #producer: PeerProducer;
  readonly #report: (paused: boolean) => void;
  /** Reported before the worker forwards again: the other end is to let the first packet through. */
  readonly #onResuming = (): void => this.#reportPaused(false);
  /** As the other end knows it. */
  #paused: boolean;

  constructor(sent: SentProducer, { producer, peerId }: HomeProducer, report: (paused: boolean) => void) {
    this.peerId = peerId;
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

  isVoiceOf(peerId: PeerId): boolean {
    return this.peerId === peerId && this.#producer.source === 'microphone';
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
