import { TokenBucket } from '@parley/common/limits';
import type { Limits } from '../limits/settings.ts';

/** Seconds of the rate that may come at once: after a join our client asks for everything that it shows. */
const BURST_S = 4;

export type PacketRates = Pick<Limits, 'packetsPerSecond' | 'bytesPerSecond'>;

/** The packets and bytes that one transport may send, whatever they are. */
export class PacketLimit {
  readonly #packets: TokenBucket;
  readonly #bytes: TokenBucket;

  constructor({ packetsPerSecond: packets, bytesPerSecond: bytes }: PacketRates) {
    this.#packets = new TokenBucket({ burst: packets * BURST_S, perSecond: packets });
    this.#bytes = new TokenBucket({ burst: bytes * BURST_S, perSecond: bytes });
  }

  takePacket(bytes: number): boolean {
    return this.#packets.take() && this.#bytes.take(bytes);
  }

  takeBytes(bytes: number): boolean {
    return this.#bytes.take(bytes);
  }
}
