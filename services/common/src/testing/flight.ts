/** Sends packets when they arrive, never earlier, in the order of their arrival: timers of Node alone keep neither. */
export class Flight {
  readonly #packets: { at: number; send: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** `at`: milliseconds of `performance.now()`. */
  add(at: number, send: () => void): void {
    const before = this.#packets.findLastIndex((packet) => packet.at <= at);
    this.#packets.splice(before + 1, 0, { at, send });
    if (before === -1) this.#schedule();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#packets.length = 0;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const [first] = this.#packets;
    if (first === undefined) return;
    this.#timer = setTimeout(() => this.#land(), Math.max(0, first.at - performance.now())).unref();
  }

  #land(): void {
    const now = performance.now();
    while (this.#packets[0] !== undefined && this.#packets[0].at <= now) this.#packets.shift()?.send();
    this.#schedule();
  }
}
