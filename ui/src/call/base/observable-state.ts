/** Immutable state with listeners. Listeners run once for all changes of one task. */
export class ObservableState<State extends object> {
  readonly #listeners = new Set<() => void>();
  #state: State;
  #scheduled = false;

  constructor(initial: State) {
    this.#state = initial;
  }

  get(): State {
    return this.#state;
  }

  /** Keeps the same object when nothing in the patch differs. */
  update(patch: Partial<State>): void {
    if (!differs(this.#state, patch)) return;
    this.#state = { ...this.#state, ...patch };
    this.#schedule();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      // A copy: a listener may unsubscribe another while it runs.
      for (const listener of Array.from(this.#listeners)) listener();
    });
  }
}

function differs<State extends object>(state: State, patch: Partial<State>): boolean {
  return (Object.keys(patch) as (keyof State)[]).some((key) => !Object.is(state[key], patch[key]));
}
