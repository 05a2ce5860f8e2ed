const TICK_MS = 1;
/** After a pause of the process, what is due for longer than this is not sent. */
const BEHIND_MAX_MS = 50;

/** Calls `send` for each of the senders so many times a second, one after the other and evenly. */
export class Pace {
  readonly #send: (sender: number) => void;
  readonly #senders: number;
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  #next = 0;

  constructor(senders: number, packetsPerSecond: number, send: (sender: number) => void) {
    this.#senders = senders;
    this.#intervalMs = 1_000 / (senders * packetsPerSecond);
    this.#send = send;
  }

  start(now = performance.now()): void {
    this.stop();
    this.#dueAt = now;
    this.#timer = setInterval(() => this.tick(performance.now()), TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Sends what is due. */
  tick(now: number): void {
    this.#dueAt = Math.max(this.#dueAt, now - BEHIND_MAX_MS);
    while (this.#dueAt <= now) {
      this.#send(this.#next);
      this.#next = (this.#next + 1) % this.#senders;
      this.#dueAt += this.#intervalMs;
    }
  }
}
