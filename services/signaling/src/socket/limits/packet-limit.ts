import { TokenBucket } from '@parley/common/limits';
import type { Limits } from '../../limits/settings.ts';

/** Seconds of the rate that may come at once: after a join our client asks for everything that it shows. */
const BURST_S = 4;

/** What each connection may send whatever others of its address do: far more than an honest client, on average. */
const OWN = { burst: 400, perSecond: 10 };
/** What all connections of one address may send together beyond that. */
export const EXCESS = { burst: 4_000, perSecond: 500 };
/** A long packet counts as several: its text costs more than its arrival. */
const BYTES_PER_COUNT = 4_096;

/** Takes so many of `EXCESS` of the address, or returns false. */
export type TakeExcess = (count: number) => boolean;

export type PacketRates = Pick<Limits, 'packetsPerSecond' | 'bytesPerSecond'>;

/**
 * The packets and bytes that one transport may send, whatever they are. One address may have hundreds of transports, so
 * what they send beyond a moderate amount also counts for the address. A connection that stays below it is
 * never cut for a neighbour.
 */
export class PacketLimit {
  readonly #packets: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #own = new TokenBucket(OWN);
  readonly #takeExcess: TakeExcess;

  constructor(
    { packetsPerSecond: packets, bytesPerSecond: bytes }: PacketRates,
    takeExcess: TakeExcess = () => true,
  ) {
    this.#takeExcess = takeExcess;
    this.#packets = new TokenBucket({ burst: packets * BURST_S, perSecond: packets });
    this.#bytes = new TokenBucket({ burst: bytes * BURST_S, perSecond: bytes });
  }

  takePacket(bytes: number): boolean {
    if (!this.#packets.take() || !this.#bytes.take(bytes)) return false;
    const count = 1 + Math.floor(bytes / BYTES_PER_COUNT);
    return this.#own.take(count) || this.#takeExcess(count);
  }

  takeBytes(bytes: number): boolean {
    return this.#bytes.take(bytes);
  }
}
