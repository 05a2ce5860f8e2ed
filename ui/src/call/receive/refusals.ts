import type { ProducerId } from '@parley/proto/ids';

export const REFUSED_MS = 5000;
/** The pause before the second attempt, after a consumer that was made ended at once again. It doubles with each further one. */
const AGAIN_MS = 1_000;
const AGAIN_MAX_MS = 16_000;
/** A consumer that lasted longer than this ended for a new reason. */
const CALM_MS = 30_000;

/**
 * Producers whose consumption failed recently. An immediate repetition would fail again, so that the next attempt comes
 * after REFUSED_MS. What the server has closed is asked for at once the first time, and later each time that it is closed again.
 */
export class Refusals {
  readonly #until = new Map<ProducerId, number>();
  /** How often the consumer of each producer was closed in a row, and when the last time. */
  readonly #closings = new Map<ProducerId, { count: number; at: number }>();

  add(producerId: ProducerId, now: number): void {
    this.#until.set(producerId, now + REFUSED_MS);
  }

  /** The server has closed the consumer, although the producer may be there: what brings it may be broken. */
  noteClosed(producerId: ProducerId, now: number): void {
    for (const [id, { at }] of this.#closings) if (now - at > CALM_MS) this.#closings.delete(id);
    const before = this.#closings.get(producerId)?.count ?? 0;
    this.#closings.set(producerId, { count: before + 1, at: now });
    if (before > 0) this.#until.set(producerId, now + Math.min(AGAIN_MAX_MS, AGAIN_MS * 2 ** (before - 1)));
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
    this.#closings.clear();
  }
}
