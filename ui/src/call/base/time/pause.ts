/** A pause between two attempts that can be ended early. */
export class Pause {
  #finish: (() => void) | null = null;

  /** Resolves after `ms` milliseconds, or when `end` is called. */
  wait(ms: number): Promise<void> {
    this.end();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(), ms);
      this.#finish = () => {
        clearTimeout(timer);
        this.#finish = null;
        resolve();
      };
    });
  }

  end(): void {
    this.#finish?.();
  }
}
