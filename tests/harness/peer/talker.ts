import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConsumerId, PeerId, ProducerId } from '@parley/proto/ids';
import type { RegionTimes } from '@parley/proto/regions';
import { ownNow } from '../machine/own-delay.ts';
import { LastingPeer } from './lasting-peer.ts';
import type { Doors } from './raw-peer.ts';
import { endpointParameters, RtpEndpoint } from './rtp-endpoint.ts';

/** A request that failed is made again after this time. */
const RETRY_MS = 200;
/** A packet of sound comes each 20 ms. A person who was silent for less than this is heard. */
const HEARD_MS = 250;

export type TalkerOptions = {
  origin: string | Doors;
  code: string;
  name: string;
  /** Sends sound all the same, which nobody may receive. */
  muted: boolean;
  regionTimes?: RegionTimes;
};

/** One end of ICE, DTLS and SRTP. It ends with the transports that it was made for. */
type End = { readonly epoch: number; readonly endpoint: RtpEndpoint };
type Mouth = End & { readonly producerId: ProducerId };
type Stream = {
  readonly consumerId: ConsumerId;
  readonly producerId: ProducerId;
  readonly peerId: PeerId;
  received: number;
};
/** What came of one person, over all streams. */
type Heard = { received: number; at: number; longestGapMs: number };

/**
 * Somebody without a browser in a room where everybody sends sound and receives that of all others. What is lost is set up again, as a page does: new transports,
 * the sound that is sent, and the consumers.
 */
export class Talker {
  readonly peer: LastingPeer;
  readonly muted: boolean;
  #mouth: Mouth | undefined;
  #ear: End | undefined;
  /** By their SSRC. */
  readonly #streams = new Map<number, Stream>();
  readonly #heard = new Map<PeerId, Heard>();
  /** Consumers that have ended, perhaps before the reply that they were made. */
  readonly #ended = new Set<ConsumerId>();
  #working = false;
  #closed = false;

  static async join({ origin, code, name, muted, regionTimes }: TalkerOptions): Promise<Talker> {
    const wishes = regionTimes === undefined ? {} : { regionTimes };
    const talker = new Talker(await LastingPeer.join(origin, code, name, wishes), muted);
    void talker.#work();
    return talker;
  }

  private constructor(peer: LastingPeer, muted: boolean) {
    this.peer = peer;
    this.muted = muted;
    peer.onReopened = () => void this.#work();
    peer.onRosterChanged = () => void this.#work();
    peer.onConsumerClosed = (consumerId) => this.#forget(consumerId);
  }

  get peerId(): PeerId {
    return this.peer.peerId;
  }

  /** The media port of its worker. */
  get mediaPort(): number {
    return this.peer.transports.send.iceCandidates[0]?.port ?? 0;
  }

  /** What it sends; undefined while it is lost. */
  get producerId(): ProducerId | undefined {
    return this.#isUsed(this.#mouth) ? this.#mouth?.producerId : undefined;
  }

  /** Whether it has a consumer of what this person sends now, and receives it unless the person is muted. */
  hears(other: Talker): boolean {
    const { producerId } = other;
    const stream = [...this.#streams.values()].find((one) => one.producerId === producerId);
    if (stream === undefined || !this.#isUsed(this.#ear)) return false;
    return other.muted || (stream.received > 0 && this.#silentMs(other.peerId) < HEARD_MS);
  }

  /** Begins to measure gaps anew. */
  watch(): void {
    for (const peerId of this.peer.roster.keys()) this.#of(peerId);
    for (const heard of this.#heard.values()) Object.assign(heard, { at: ownNow(), longestGapMs: 0 });
  }

  /** Packets that came of this person so far. */
  received({ peerId }: Talker): number {
    return this.#heard.get(peerId)?.received ?? 0;
  }

  /** The longest time without a packet of this person since `watch`, in milliseconds, the present one included. */
  longestGapMs({ peerId }: Talker): number {
    return Math.max(this.#of(peerId).longestGapMs, this.#silentMs(peerId));
  }

  close(): void {
    this.#closed = true;
    this.#mouth?.endpoint.close();
    this.#ear?.endpoint.close();
    this.peer.close();
  }

  #silentMs(peerId: PeerId): number {
    return ownNow() - this.#of(peerId).at;
  }

  /** Producers in the roster that it has no consumer of. */
  get #missing(): ProducerId[] {
    const consumed = new Set([...this.#streams.values()].map(({ producerId }) => producerId));
    const present = [...this.peer.roster.values()].flatMap(({ microphone }) => microphone ?? []);
    return present.filter((producerId) => !consumed.has(producerId));
  }

  get #complete(): boolean {
    return this.#isUsed(this.#mouth) && this.#isUsed(this.#ear) && this.#missing.length === 0;
  }

  /** Sets up what is missing, until nothing is. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    while (!this.#closed && !this.#complete) {
      const failed = await this.#setUp().then(
        () => false,
        () => true,
      );
      if (failed) await pause(RETRY_MS);
    }
    this.#working = false;
  }

  async #setUp(): Promise<void> {
    if (!this.#isUsed(this.#mouth)) await this.#speak();
    else if (!this.#isUsed(this.#ear)) await this.#listen();
    else await this.#consume(this.#missing);
  }

  #isUsed(end: End | undefined): boolean {
    return end?.epoch === this.peer.epoch;
  }

  async #speak(): Promise<void> {
    this.#mouth?.endpoint.close();
    this.#mouth = undefined;
    const ssrc = randomInt(1, 0xffffffff);
    const microphone = {
      source: 'microphone',
      kind: 'audio',
      rtpParameters: endpointParameters(ssrc),
      paused: this.muted,
    } as const;
    this.#mouth = await this.#connect(new RtpEndpoint('send', ssrc), async (end) => {
      const { producerId } = await this.peer.request('producer:create', microphone);
      return { ...end, producerId };
    });
  }

  async #listen(): Promise<void> {
    this.#ear?.endpoint.close();
    this.#ear = undefined;
    this.#streams.clear();
    const endpoint = new RtpEndpoint('receive', 0);
    endpoint.onReceived = ({ ssrc }) => this.#hear(ssrc);
    this.#ear = await this.#connect(endpoint, (end) => Promise.resolve(end));
  }

  /** Connects an endpoint and takes it into use. If that fails it is closed: it would go on sending, and keep the process running. */
  async #connect<E extends End>(endpoint: RtpEndpoint, use: (end: End) => Promise<E>): Promise<E> {
    const { epoch, transports } = this.peer;
    try {
      await endpoint.connect(this.peer, transports);
      const end = await use({ epoch, endpoint });
      if (this.#closed) throw new Error('closed meanwhile');
      return end;
    } catch (error) {
      endpoint.close();
      throw error;
    }
  }

  /** Rejects if one of them could not be consumed. */
  async #consume(producerIds: readonly ProducerId[]): Promise<void> {
    const { epoch } = this.peer;
    const producers = producerIds.map((producerId) => ({ producerId, resumed: true }));
    const { results } = await this.peer.request('consumer:create', { producers });
    if (epoch !== this.peer.epoch) return;
    for (const result of results) {
      if (result.status === 'failed') continue;
      const { consumerId, producerId, peerId, rtpParameters } = result.consumer;
      if (this.#ended.has(consumerId)) throw new Error('it has ended already');
      const ssrc = rtpParameters.encodings?.[0]?.ssrc ?? 0;
      this.#streams.set(ssrc, { consumerId, producerId, peerId, received: 0 });
    }
    const failed = results.find((result) => result.status === 'failed');
    if (failed) throw new Error(`not consumed: ${failed.error.code}`);
  }

  #forget(consumerId: ConsumerId): void {
    this.#ended.add(consumerId);
    for (const [ssrc, stream] of this.#streams)
      if (stream.consumerId === consumerId) this.#streams.delete(ssrc);
    void this.#work();
  }

  #hear(ssrc: number): void {
    const stream = this.#streams.get(ssrc);
    if (stream === undefined) return;
    stream.received += 1;
    const heard = this.#of(stream.peerId);
    const now = ownNow();
    heard.longestGapMs = Math.max(heard.longestGapMs, now - heard.at);
    heard.at = now;
    heard.received += 1;
  }

  #of(peerId: PeerId): Heard {
    const known = this.#heard.get(peerId) ?? { received: 0, at: ownNow(), longestGapMs: 0 };
    this.#heard.set(peerId, known);
    return known;
  }
}
