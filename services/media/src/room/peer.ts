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
  /** It may send nothing, and has no transport for it. */
  receiveOnly: boolean;
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

/** The media of one peer: a transport to receive with its consumers, and, if the peer may send, one to send with its producers. */
export class Peer extends EventEmitter<PeerEvents> implements Sender {
  readonly id: PeerId;
  readonly origin: string;
  readonly router: RoomRouter;
  readonly receiveTransport: PeerTransport;
  readonly producers: PeerProducers;
  readonly consumers: PeerConsumers;
  readonly meter: SenderMeter;
  readonly #createTransport: () => Promise<PeerTransport>;
  readonly #rtpCapabilities: RtpCapabilities;
  readonly #iceTimeoutMs: number;
  readonly #connectTimeoutMs: number;
  #sendTransport: PeerTransport | undefined;
  #openingSend: Promise<PeerTransport> | undefined;
  #connectTimer: NodeJS.Timeout | undefined;
  #openedAtMs = performance.now();
  #wasConnected = false;
  #iceTimer: NodeJS.Timeout | undefined;
  #closed = false;

  static async create(options: PeerOptions): Promise<Peer> {
    const create = () => options.router.createTransport(options.settings);
    const [receive, send] = await Promise.allSettled([create(), options.receiveOnly ? undefined : create()]);
    if (send.status === 'fulfilled' && receive.status === 'fulfilled') {
      return new Peer(options, receive.value, send.value);
    }
    for (const made of [send, receive]) if (made.status === 'fulfilled') made.value?.close();
    throw receive.status === 'rejected' ? receive.reason : (send as PromiseRejectedResult).reason;
  }

  private constructor(
    options: PeerOptions,
    receiveTransport: PeerTransport,
    sendTransport: PeerTransport | undefined,
  ) {
    super();
    this.id = options.id;
    this.origin = options.origin;
    this.router = options.router;
    this.receiveTransport = receiveTransport;
    this.#createTransport = () => options.router.createTransport(options.settings);
    this.producers = new PeerProducers(
      () => this.#sendTransport,
      (source) => options.mayRun(this, source),
    );
    this.consumers = new PeerConsumers(options.id, receiveTransport, options.rtpCapabilities, options.reach);
    this.meter = new SenderMeter({
      sending: () => this.#sendTransport,
      receiving: receiveTransport,
      producers: () => this.producers.all,
      limits: options.settings.limits,
    });
    this.#rtpCapabilities = options.rtpCapabilities;
    this.#iceTimeoutMs = options.settings.iceTimeoutMs;
    this.#connectTimeoutMs = options.settings.connectTimeoutMs;
    this.#watch(receiveTransport);
    if (sendTransport !== undefined) this.#useToSend(sendTransport);
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
  async openAgain(receiveOnly: boolean): Promise<this> {
    if (receiveOnly) this.closeSendTransport();
    else await this.openSendTransport();
    if (this.producers.all.length === 0) this.#openedAtMs = performance.now();
    if (this.#connectTimer === undefined) return this;
    clearTimeout(this.#connectTimer);
    this.#connectTimer = undefined;
    this.expectConnection();
    return this;
  }

  /** Undefined while the peer may send nothing. */
  get sendTransport(): PeerTransport | undefined {
    return this.#sendTransport;
  }

  /** Makes the transport to send on, if there is none. Rejects with `closed` if it is closed meanwhile. */
  async openSendTransport(): Promise<PeerTransport> {
    if (this.#closed) throw new ParleyError('closed');
    if (this.#sendTransport !== undefined) return this.#sendTransport;
    if (this.#openingSend !== undefined) return this.#openingSend;
    const opening = this.#createTransport().then((transport) => {
      if (this.#openingSend === opening) return this.#useToSend(transport);
      transport.close();
      throw new ParleyError('closed');
    });
    this.#openingSend = opening;
    try {
      return await opening;
    } finally {
      if (this.#openingSend === opening) this.#openingSend = undefined;
    }
  }

  /** Closes the transport to send on, with its producers. Does nothing if there is none. */
  closeSendTransport(): void {
    this.#openingSend = undefined;
    const transport = this.#sendTransport;
    if (this.#closed || transport === undefined) return;
    for (const { id } of this.producers.all) this.producers.close(id);
    this.#sendTransport = undefined;
    transport.close();
    this.#checkIce();
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
    this.#openingSend = undefined;
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

  #useToSend(transport: PeerTransport): PeerTransport {
    this.#sendTransport = transport;
    this.#watch(transport);
    return transport;
  }

  #watch(transport: PeerTransport): void {
    transport.on('state-changed', () => this.#checkIce());
    transport.on('dtls-failed', () => this.emit('dtls-failed'));
    transport.once('connecting', () => this.expectConnection());
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
    return this.#sendTransport === undefined
      ? [this.receiveTransport]
      : [this.#sendTransport, this.receiveTransport];
  }
}
