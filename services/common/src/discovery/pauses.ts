import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs, type BackoffLimits } from '../async/backoff.ts';

const BACKOFF: BackoffLimits = { firstMs: 250, maxMs: 5_000 };

/** The pauses of a loop that asks Consul again and again. They keep no process alive, and `close()` ends them at once. */
export class Pauses {
  readonly #abort = new AbortController();
  #failures = 0;

  close(): void {
    this.#abort.abort();
  }

  /** Never rejects. */
  async pause(ms: number): Promise<void> {
    const { signal } = this.#abort;
    await delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
  }

  /** The pause after a failed question: longer with each failure in a row. */
  async backOff(): Promise<void> {
    this.#failures += 1;
    await this.pause(backoffMs(this.#failures, BACKOFF));
  }

  /** After an answer the next failure begins with a short pause again. */
  reset(): void {
    this.#failures = 0;
  }
}
