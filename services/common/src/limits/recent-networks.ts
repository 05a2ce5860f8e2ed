/** What happened is looked at for one to two of these. */
const PERIOD_MS = 5 * 60_000;
/** Beyond this, further networks are not looked at in a period. */
const NETWORKS_MAX = 5_000;

/**
 * Counts the networks in which something happened lately, for alerts: whoever makes it happen on purpose can do so as often as they like,
 * and is one network.
 */
export class RecentNetworks {
  readonly #now: () => number;
  #begunAt: number;
  #current = new Set<string>();
  #previous = new Set<string>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#begunAt = now();
  }

  add(network: string): void {
    this.#turn();
    if (this.#current.size < NETWORKS_MAX) this.#current.add(network);
  }

  get count(): number {
    this.#turn();
    return new Set([...this.#current, ...this.#previous]).size;
  }

  #turn(): void {
    const periods = Math.floor((this.#now() - this.#begunAt) / PERIOD_MS);
    if (periods < 1) return;
    this.#previous = periods === 1 ? this.#current : new Set();
    this.#current = new Set();
    this.#begunAt += periods * PERIOD_MS;
  }
}
