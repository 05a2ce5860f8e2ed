/** One that takes longer to be ready does not keep the others waiting. */
export const TURN_MS = 5_000;
/** Services that die at once ask within this time. */
export const GATHER_MS = 50;
/** People come back to a service for which they waited before the next one needs the processor. */
export const REST_MS = 2_000;

/** `kind`: the same for instances that can stand in for each other. `isAwaited`: the people of a call wait for the service. */
export type Restarting = { readonly kind: string; readonly isAwaited: boolean };
type Asking = Restarting & { readonly begin: (end: () => void) => void };

/**
 * Lets a few services start at a time: one of each kind before the second of any, and those first for which people wait. After several have died at once, each of them is ready sooner so than if
 * all of them started together on the same cores.
 */
export class RestartTurns {
  readonly #atOnce: number;
  readonly #waiting: Asking[] = [];
  /** The kinds of which one has started, until nobody waits. */
  readonly #begun = new Set<string>();
  #running = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Resolves when it is the turn of the caller, with a function that ends the turn. It ends by itself after `TURN_MS`. */
  take(service: Restarting): Promise<() => void> {
    return new Promise((begin) => {
      this.#waiting.push({ ...service, begin });
      setTimeout(() => this.#beginNext(), GATHER_MS);
    });
  }

  #beginNext(): void {
    while (this.#running < this.#atOnce && this.#waiting.length > 0) {
      const [asking] = this.#waiting.toSorted((one, other) => this.#rank(one) - this.#rank(other));
      if (asking === undefined) return;
      this.#waiting.splice(this.#waiting.indexOf(asking), 1);
      this.#begun.add(asking.kind);
      this.#running += 1;
      asking.begin(this.#turnOf(asking));
    }
    if (this.#waiting.length === 0) this.#begun.clear();
  }

  #rank({ kind, isAwaited }: Asking): number {
    return (this.#begun.has(kind) ? 2 : 0) + (isAwaited ? 0 : 1);
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
