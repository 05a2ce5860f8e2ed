import type { Reading } from '../statistics/reading.ts';
import type { Rate } from './sender-limits.ts';

/** Turns readings into the rate since the reading before, or since the gauge was made. */
export class RateGauge {
  readonly #madeAtMs = performance.now();
  #last: Reading | undefined;

  /**
   * The times of readings are those of the worker. The first rate is measured on our clock until the answer is here,
   * and is therefore rather too low.
   */
  advance(reading: Reading): Rate {
    const before = this.#last ?? { bytes: 0, packets: 0 };
    const elapsedMs =
      this.#last === undefined ? performance.now() - this.#madeAtMs : reading.atMs - this.#last.atMs;
    this.#last = reading;
    const perSecond = (added: number): number => (Math.max(0, added) * 1000) / Math.max(1, elapsedMs);
    return {
      bitsPerSecond: 8 * perSecond(reading.bytes - before.bytes),
      packetsPerSecond: perSecond(reading.packets - before.packets),
    };
  }
}
