/** One that takes longer to be ready does not keep the others waiting. */
export const TURN_MS = 5_000;

/**
 * Lets a few services start at a time. After several have died at once, each of them is ready sooner so than if all of them started together on
 * the same cores, and people wait for the first one only.
 */
export class RestartTurns {
  readonly #atOnce: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Resolves when it is the turn of the caller, in the order of asking, with a function that ends the turn. It ends by itself after `TURN_MS`. */
  async take(): Promise<() => void> {
    if (this.#running >= this.#atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    const end = this.#onceEnded();
    const timer = setTimeout(end, TURN_MS).unref();
    return () => {
      clearTimeout(timer);
      end();
    };
  }

  /** The turn goes to the one that waits longest, if there is one. */
  #onceEnded(): () => void {
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    };
  }
}
