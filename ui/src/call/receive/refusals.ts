import type { ProducerId } from '@parley/proto/ids';

export const REFUSED_MS = 5000;

/**
 * Producers whose consumption failed recently. An immediate repetition would fail again, so that the next attempt comes
 * after REFUSED_MS.
 */
export class Refusals {
  readonly #until = new Map<ProducerId, number>();

  add(producerId: ProducerId, now: number): void {
    this.#until.set(producerId, now + REFUSED_MS);
  }

  at(now: number): ReadonlySet<ProducerId> {
    for (const [producerId, until] of this.#until) if (until <= now) this.#until.delete(producerId);
    return new Set(this.#until.keys());
  }

  /** When the first of them is over; null: there is none. */
  get nextOverAt(): number | null {
    return this.#until.size === 0 ? null : Math.min(...this.#until.values());
  }

  clear(): void {
    this.#until.clear();
  }
}
