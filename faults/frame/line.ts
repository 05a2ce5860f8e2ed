import { randomInt } from 'node:crypto';
import type { ProducerId } from '@parley/proto/ids';
import { ownNow } from '../../tests/harness/machine/own-delay.ts';
import type { LastingPeer } from '../../tests/harness/peer/lasting-peer.ts';
import { endpointParameters, RtpEndpoint } from '../../tests/harness/peer/rtp-endpoint.ts';

type Mouth = { epoch: number; producerId: ProducerId; endpoint: RtpEndpoint };
type Ear = { epoch: number; producerId: ProducerId; endpoint: RtpEndpoint };

/** Sound that one client sends and another one receives. It is set up again when one of them gets new transports, muted as before. */
export class Line {
  /** Packets that were received. */
  received = 0;
  readonly #from: LastingPeer;
  readonly #to: LastingPeer;
  #muted = false;
  #mouth: Mouth | undefined;
  #ear: Ear | undefined;
  #receivedAt = ownNow();
  #longestGapMs = 0;
  #building = false;
  #closed = false;

  constructor(from: LastingPeer, to: LastingPeer) {
    this.#from = from;
    this.#to = to;
    for (const peer of [from, to]) peer.onReopened = () => void this.connect().catch(() => undefined);
  }

  /** Sets up what is missing. */
  async connect(): Promise<void> {
    if (this.#building) return;
    this.#building = true;
    try {
      while (!this.#complete && !this.#closed) await this.#build();
    } finally {
      this.#building = false;
    }
  }

  /** From now on the sender is muted, and sends all the same. */
  async mute(): Promise<void> {
    this.#muted = true;
    if (this.#mouth) await this.#from.request('producer:pause', { producerId: this.#mouth.producerId });
  }

  /** Begins to measure the longest gap anew. */
  watch(): void {
    this.#receivedAt = ownNow();
    this.#longestGapMs = 0;
  }

  /** The longest time without a packet since `watch`, in milliseconds, the present one included. */
  get longestGapMs(): number {
    return Math.max(this.#longestGapMs, ownNow() - this.#receivedAt);
  }

  close(): void {
    this.#closed = true;
    this.#mouth?.endpoint.close();
    this.#ear?.endpoint.close();
  }

  get #complete(): boolean {
    return (
      this.#mouth?.epoch === this.#from.epoch &&
      this.#ear?.epoch === this.#to.epoch &&
      this.#ear.producerId === this.#mouth.producerId
    );
  }

  async #build(): Promise<void> {
    if (this.#mouth?.epoch !== this.#from.epoch) await this.#speak();
    else await this.#listen(this.#mouth.producerId);
  }

  async #speak(): Promise<void> {
    this.#mouth?.endpoint.close();
    const { epoch, transports } = this.#from;
    const ssrc = randomInt(1, 0xffffffff);
    const endpoint = new RtpEndpoint('send', ssrc);
    this.#mouth = undefined;
    try {
      await endpoint.connect(this.#from, transports);
      const { producerId } = await this.#from.request('producer:create', {
        source: 'microphone',
        kind: 'audio',
        rtpParameters: endpointParameters(ssrc),
        paused: this.#muted,
      });
      this.#mouth = { epoch, producerId, endpoint };
    } catch (error) {
      // The endpoint sends on a timer, which would keep the process running.
      endpoint.close();
      throw error;
    }
  }

  async #listen(producerId: ProducerId): Promise<void> {
    const { epoch } = this.#to;
    const endpoint = this.#ear?.epoch === epoch ? this.#ear.endpoint : await this.#newEar();
    const { results } = await this.#to.request('consumer:create', { producers: [{ producerId }] });
    const [result] = results;
    if (result?.status !== 'created') throw new Error(`not consumed: ${result?.error.code}`);
    await this.#to.request('consumer:resume', { consumerIds: [result.consumer.consumerId] });
    this.#ear = { epoch, producerId, endpoint };
  }

  async #newEar(): Promise<RtpEndpoint> {
    this.#ear?.endpoint.close();
    const endpoint = new RtpEndpoint('receive', 0);
    endpoint.onReceived = () => this.#hear();
    await endpoint.connect(this.#to, this.#to.transports);
    return endpoint;
  }

  #hear(): void {
    const now = ownNow();
    this.#longestGapMs = Math.max(this.#longestGapMs, now - this.#receivedAt);
    this.#receivedAt = now;
    this.received += 1;
  }
}
