import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { ParleyError } from '@parley/proto/errors';
import type { PeerId, TransportId } from '@parley/proto/ids';
import type { RtpCapabilities, Source } from '@parley/proto/rtp';
import type { PeerTransport, TransportSettings } from '../router/peer-transport.ts';
import type { Sender } from '../limits/conducts.ts';
import { SenderMeter } from '../limits/sender-meter.ts';
import type { SenderLimits } from '../limits/sender-limits.ts';
import { PeerConsumers, type Reach } from './peer-consumers.ts';
import { PeerProducers } from './peer-producers.ts';
import type { RoomRouter } from './room-router.ts';

export type PeerSettings = TransportSettings & {
  /** How long both transports of a peer may be without ICE before the peer is lost. */
  iceTimeoutMs: number;
  /** How long a peer that should connect may be without any connected transport before it is given up. */
  connectTimeoutMs: number;
  limits: SenderLimits;
};

export type PeerOptions = {
  id: PeerId;
  /** See `Sender`. */
  origin: string;
  rtpCapabilities: RtpCapabilities;
  /** Where the transports of the peer are. */
  router: RoomRouter;
  settings: PeerSettings;
  /** Whether a producer of this source may send to others now. */
  mayRun: (sender: Sender, source: Source) => boolean;
  reach: Reach;
};

type PeerEvents = {
  /** The media of the peer is lost. The owner of the peer closes it. */
  'ice-timed-out': [];
  /** No transport was ever connected in the time for it. The owner of the peer closes it. */
  'never-connected': [];
  /** The handshake of a transport failed. */
  'dtls-failed': [];
  /** The first transport is connected. */
  connected: [];
};

/** The media of one peer: a transport to send with its producers, and one to receive with its consumers. */
export class Peer extends EventEmitter<PeerEvents> implements Sender {
  readonly id: PeerId;
  readonly origin: string;
  readonly router: RoomRouter;
  readonly sendTransport: PeerTransport;
  readonly receiveTransport: PeerTransport;
  readonly producers: PeerProducers;
  readonly consumers: PeerConsumers;
  readonly meter: SenderMeter;
  readonly #rtpCapabilities: RtpCapabilities;
  readonly #iceTimeoutMs: number;
  readonly #connectTimeoutMs: number;
  #connectTimer: NodeJS.Timeout | undefined;
  #openedAtMs = performance.now();
  #wasConnected = false;
  #iceTimer: NodeJS.Timeout | undefined;
  #closed = false;

  static async create(options: PeerOptions): Promise<Peer> {
    const create = () => options.router.createTransport(options.settings);
    const [send, receive] = await Promise.allSettled([create(), create()]);
    if (send.status === 'fulfilled' && receive.status === 'fulfilled') {
      return new Peer(options, send.value, receive.value);
    }
    for (const made of [send, receive]) if (made.status === 'fulfilled') made.value.close();
    throw send.status === 'rejected' ? send.reason : (receive as PromiseRejectedResult).reason;
  }

  private constructor(options: PeerOptions, sendTransport: PeerTransport, receiveTransport: PeerTransport) {
    super();
    this.id = options.id;
    this.origin = options.origin;
    this.router = options.router;
    this.sendTransport = sendTransport;
    this.receiveTransport = receiveTransport;
    this.producers = new PeerProducers(sendTransport, (source) => options.mayRun(this, source));
    this.consumers = new PeerConsumers(options.id, receiveTransport, options.rtpCapabilities, options.reach);
    this.meter = new SenderMeter({
      sending: sendTransport,
      receiving: receiveTransport,
      producers: () => this.producers.all,
      limits: options.settings.limits,
    });
    this.#rtpCapabilities = options.rtpCapabilities;
    this.#iceTimeoutMs = options.settings.iceTimeoutMs;
    this.#connectTimeoutMs = options.settings.connectTimeoutMs;
    for (const transport of this.#transports) {
      transport.on('state-changed', () => this.#checkIce());
      transport.on('dtls-failed', () => this.emit('dtls-failed'));
      transport.once('connecting', () => this.expectConnection());
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  get openedAtMs(): number {
    return this.#openedAtMs;
  }

  /** Whether a repeated request to open the peer means this peer. */
  hasCapabilities(rtpCapabilities: RtpCapabilities): boolean {
    return isDeepStrictEqual(rtpCapabilities, this.#rtpCapabilities);
  }

  /**
   * A repeated request to open the peer: a repetition, or the join of a person who had the peer in the lobby, and whose time to connect
   * begins now. A peer that sends nothing yet was not there before those who send.
   */
  openAgain(): this {
    if (this.producers.all.length === 0) this.#openedAtMs = performance.now();
    if (this.#connectTimer === undefined) return this;
    clearTimeout(this.#connectTimer);
    this.#connectTimer = undefined;
    this.expectConnection();
    return this;
  }

  transport(id: TransportId): PeerTransport {
    if (this.#closed) throw new ParleyError('closed');
    const transport = this.#transports.find((candidate) => candidate.id === id);
    if (!transport) throw new ParleyError('transport_not_found');
    return transport;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#iceTimer);
    clearTimeout(this.#connectTimer);
    this.meter.close();
    for (const transport of this.#transports) transport.close();
    this.producers.transportClosed();
    this.consumers.transportClosed();
    this.removeAllListeners();
  }

  /** From now on the peer has a reason to connect: it was asked to, or there is something to receive. */
  expectConnection(): void {
    if (this.#closed || this.#wasConnected) return;
    this.#connectTimer ??= setTimeout(() => this.emit('never-connected'), this.#connectTimeoutMs);
  }

  #handleConnected(): void {
    this.#wasConnected = true;
    clearTimeout(this.#connectTimer);
    this.emit('connected');
  }

  /** A peer is lost when it has had a connected transport and has had none for `iceTimeoutMs`. */
  #checkIce(): void {
    if (!this.#wasConnected && this.#transports.some((t) => t.wasConnected)) this.#handleConnected();
    const lost = this.#transports.some((t) => t.wasConnected) && !this.#transports.some((t) => t.connected);
    if (!lost) {
      clearTimeout(this.#iceTimer);
      this.#iceTimer = undefined;
    } else {
      this.#iceTimer ??= setTimeout(() => this.emit('ice-timed-out'), this.#iceTimeoutMs);
    }
  }

  get #transports(): readonly PeerTransport[] {
    return [this.sendTransport, this.receiveTransport];
  }
}
