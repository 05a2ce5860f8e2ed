import type { Source } from '@parley/proto/rtp';

/** What is done about a peer that sent too much. */
export const SANCTIONS = ['pause', 'end'] as const;
export type Sanction = (typeof SANCTIONS)[number];

export type ConductOptions = {
  /** How long a source that was paused cannot be resumed or made again. */
  readonly holdMs: number;
};

/** The strike that ends the peer. */
const LAST_STRIKE = 3;
/** A peer that behaved for so long begins anew. */
export const FORGIVEN_AFTER_MS = 10 * 60_000;

/** How often one peer sent too much, also before it opened its media anew. */
export class Conduct {
  readonly #holdMs: number;
  readonly #now: () => number;
  readonly #heldUntilMs = new Map<Source, number>();
  #strikes = 0;
  #lastAtMs = 0;

  constructor({ holdMs }: ConductOptions, now: () => number = () => performance.now()) {
    this.#holdMs = holdMs;
    this.#now = now;
  }

  /** Whether the peer may have media at all. */
  get ended(): boolean {
    return !this.forgiven && this.#strikes >= LAST_STRIKE;
  }

  get forgiven(): boolean {
    return this.#now() - this.#lastAtMs > FORGIVEN_AFTER_MS;
  }

  strike(source: Source | undefined): Sanction {
    if (this.forgiven) this.#strikes = 0;
    this.#strikes += 1;
    this.#lastAtMs = this.#now();
    if (source !== undefined) this.#heldUntilMs.set(source, this.#lastAtMs + this.#holdMs);
    return this.#strikes >= LAST_STRIKE ? 'end' : 'pause';
  }

  /** Whether a producer of this source may send to others now. */
  mayRun(source: Source): boolean {
    return this.#now() >= (this.#heldUntilMs.get(source) ?? 0);
  }
}
