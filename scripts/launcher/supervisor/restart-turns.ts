/** One that takes longer to be ready does not keep the others waiting. */
export const TURN_MS = 5_000;
/** Services that die at once ask within this time. */
export const GATHER_MS = 50;
/** People come back to a service for which they waited before the next one needs the processor. */
export const REST_MS = 2_000;

type Asking = { readonly isAwaited: boolean; readonly begin: (end: () => void) => void };

/**
 * Lets a few services start at a time, those first for which people wait. After several have died at once, each of them is ready sooner so than if
 * all of them started together on the same cores.
 */
export class RestartTurns {
  readonly #atOnce: number;
  readonly #waiting: Asking[] = [];
  #running = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /**
   * Resolves when it is the turn of the caller, with a function that ends the turn. It ends by itself after `TURN_MS`.
   *
   * @param isAwaited Whether the people of a call wait for the service.
   */
  take(isAwaited: boolean): Promise<() => void> {
    return new Promise((begin) => {
      this.#waiting.push({ isAwaited, begin });
      setTimeout(() => this.#beginNext(), GATHER_MS);
    });
  }

  #beginNext(): void {
    while (this.#running < this.#atOnce && this.#waiting.length > 0) {
      const first = this.#waiting.findIndex(({ isAwaited }) => isAwaited);
      const [asking] = this.#waiting.splice(Math.max(0, first), 1);
      if (asking === undefined) return;
      this.#running += 1;
      asking.begin(this.#turnOf(asking));
    }
  }

  /** Returns what ends the turn. */
  #turnOf({ isAwaited }: Asking): () => void {
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      if (isAwaited) setTimeout(() => this.#free(), REST_MS).unref();
      else this.#free();
    };
    const timer = setTimeout(end, TURN_MS).unref();
    return end;
  }

  #free(): void {
    this.#running -= 1;
    this.#beginNext();
  }
}
