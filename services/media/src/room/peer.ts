import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { ParleyError, type PeerId, type RtpCapabilities, type TransportId } from '@parley/proto';
import type { types } from 'mediasoup';
import { PeerConsumers } from './peer-consumers.ts';
import { PeerProducers } from './peer-producers.ts';
import { PeerTransport, type TransportSettings } from '../router/peer-transport.ts';

export type PeerSettings = TransportSettings & {
  /** How long all its transports may be without ICE before the peer is given up. */
  iceTimeoutMs: number;
};

type PeerOptions = {
  id: PeerId;
  rtpCapabilities: RtpCapabilities;
  router: types.Router;
  webRtcServer: types.WebRtcServer;
  settings: PeerSettings;
};

type PeerEvents = {
  /** Whoever owns the peer should close it. */
  'ice-timed-out': [];
};

/** One participant's media: a transport to send on with its producers, one to receive on with its consumers. */
export class Peer extends EventEmitter<PeerEvents> {
  readonly id: PeerId;
  readonly sendTransport: PeerTransport;
  readonly receiveTransport: PeerTransport;
  readonly producers: PeerProducers;
  readonly consumers: PeerConsumers;
  readonly #rtpCapabilities: RtpCapabilities;
  readonly #iceTimeoutMs: number;
  #iceTimer: NodeJS.Timeout | undefined;
  #closed = false;

  static async create(options: PeerOptions): Promise<Peer> {
    const create = () => PeerTransport.create(options.router, options.webRtcServer, options.settings);
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
    this.sendTransport = sendTransport;
    this.receiveTransport = receiveTransport;
    this.producers = new PeerProducers(sendTransport);
    this.consumers = new PeerConsumers(options.id, receiveTransport, options.rtpCapabilities);
    this.#rtpCapabilities = options.rtpCapabilities;
    this.#iceTimeoutMs = options.settings.iceTimeoutMs;
    for (const transport of this.#transports) {
      transport.on('state-changed', () => this.#checkIce());
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Whether a repeated request to open the peer means this one. */
  hasCapabilities(rtpCapabilities: RtpCapabilities): boolean {
    return isDeepStrictEqual(rtpCapabilities, this.#rtpCapabilities);
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
    for (const transport of this.#transports) transport.close();
    this.producers.transportClosed();
    this.consumers.transportClosed();
    this.removeAllListeners();
  }

  /** A peer that has had no media yet is not lost; one whose every transport has gone is, after a while. */
  #checkIce(): void {
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
