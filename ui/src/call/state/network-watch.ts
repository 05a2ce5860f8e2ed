import type { Quality } from '../media/connection-quality.ts';

/** A network that is very poor for this long does not recover by itself soon. */
export const POOR_FOR_MS = 15_000;
/** The notice is not repeated within this time. */
export const QUIET_FOR_MS = 300_000;
const POOR: readonly Quality[] = [1];

/** Reports a network that stays poor. It looks at each change of quality, and once more when the time is over. */
export class NetworkWatch {
  readonly #options: { onPoor: () => void; onRecovered: () => void };
  #reported = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #reportedAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(options: { onPoor: () => void; onRecovered: () => void }) {
    this.#options = options;
  }

  /** @param poor Whether the network is poor now; see `isPoor`. */
  update(poor: boolean): void {
    if (poor === (this.#timer !== null) || this.#closed) return;
    if (poor) this.#timer = setTimeout(() => this.#report(), POOR_FOR_MS);
    else this.#recover();
  }

  close(): void {
    this.#closed = true;
    this.#stop();
  }

  #report(): void {
    if (Date.now() - this.#reportedAt < QUIET_FOR_MS) return;
    this.#reportedAt = Date.now();
    this.#reported = true;
    this.#options.onPoor();
  }

  #recover(): void {
    this.#stop();
    if (!this.#reported) return;
    this.#reported = false;
    this.#options.onRecovered();
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

type Rated = { isSelf: boolean; quality: Quality };

/**
 * Whether the network of this person is poor: what they send arrives badly, or nearly everything that they receive does. One other person
 * with a poor network does not count.
 */
export function isPoor(participants: readonly Rated[]): boolean {
  if (participants.some(({ isSelf, quality }) => isSelf && POOR.includes(quality))) return true;
  const rated = participants.filter(({ isSelf, quality }) => !isSelf && quality !== null && quality > 0);
  const poor = rated.filter(({ quality }) => POOR.includes(quality)).length;
  return rated.length > 1 && poor > rated.length / 2;
}
