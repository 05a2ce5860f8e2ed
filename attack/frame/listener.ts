import type { ProducerId } from '@parley/proto/ids';
import type { RawPeer } from '../../tests/harness/peer/raw-peer.ts';
import { RtpEndpoint } from '../../tests/harness/peer/rtp-endpoint.ts';

/** What one peer hears of one producer. */
export class Listener {
  readonly #endpoint: RtpEndpoint;
  #heardAt = performance.now();
  #longestGapMs = 0;

  static async open(peer: RawPeer, producerId: ProducerId): Promise<Listener> {
    const [consumer] = await peer.consume([producerId]);
    const endpoint = new RtpEndpoint('receive', consumer?.rtpParameters.encodings?.[0]?.ssrc ?? 0);
    await endpoint.connect(peer, peer.joined.transports);
    if (consumer !== undefined) await peer.request('consumer:resume', { consumerIds: [consumer.consumerId] });
    return new Listener(endpoint);
  }

  private constructor(endpoint: RtpEndpoint) {
    this.#endpoint = endpoint;
    endpoint.onReceived = () => {
      this.#longestGapMs = this.longestGapMs;
      this.#heardAt = performance.now();
    };
  }

  get packets(): number {
    return this.#endpoint.received;
  }

  /** The longest time without a packet, the present one included. */
  get longestGapMs(): number {
    return Math.max(this.#longestGapMs, performance.now() - this.#heardAt);
  }

  /** Forgets what was before. */
  begin(): void {
    this.#heardAt = performance.now();
    this.#longestGapMs = 0;
  }

  get bits(): number {
    return 8 * this.#endpoint.bytes;
  }

  close(): void {
    this.#endpoint.close();
  }
}
