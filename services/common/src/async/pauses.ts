import { setTimeout as delay } from 'node:timers/promises';

const BACKOFF_MIN_MS = 250;
const BACKOFF_MAX_MS = 5_000;

/** The pauses of a loop that asks somebody again and again. They end at once when it is closed, and keep no process alive. */
export class Pauses {
  readonly #abort = new AbortController();
  #backoffMs = BACKOFF_MIN_MS;

  close(): void {
    this.#abort.abort();
  }

  /** Never rejects. */
  async pause(ms: number): Promise<void> {
    const { signal } = this.#abort;
    await delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
  }

  /** Twice as long each time, up to 5 s; with jitter, so that many who lost the same one do not come back at once. */
  async backOff(): Promise<void> {
    const ms = this.#backoffMs * (0.5 + Math.random());
    this.#backoffMs = Math.min(this.#backoffMs * 2, BACKOFF_MAX_MS);
    await this.pause(ms);
  }

  /** It answered: the next trouble begins with short pauses again. */
  reset(): void {
    this.#backoffMs = BACKOFF_MIN_MS;
  }
}
