const PAUSE_MS = 5_000;
const PERIOD_MS = 60_000;
const PER_PERIOD = 5;

/** Restarts of ICE are at least 5 s apart, and at most five in a minute: a network that flaps is not made better by more. */
export class RestartBudget {
  #made: number[] = [];

  /** Milliseconds until the next restart is allowed. */
  waitMs(now: number): number {
    this.#made = this.#made.filter((at) => now - at < PERIOD_MS);
    const last = this.#made.at(-1);
    const afterLast = last === undefined ? 0 : last + PAUSE_MS - now;
    const [first] = this.#made;
    const afterFirst = this.#made.length < PER_PERIOD || first === undefined ? 0 : first + PERIOD_MS - now;
    return Math.max(0, afterLast, afterFirst);
  }

  spend(now: number): void {
    this.#made.push(now);
  }
}
