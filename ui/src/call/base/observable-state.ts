/** Immutable state with listeners. The listeners run in a microtask, once for all changes of one task. */
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

  /** If no value of `patch` differs, `get` returns the same object as before. */
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
      // Iterate over a copy, because a listener may unsubscribe another one.
      for (const listener of Array.from(this.#listeners)) listener();
    });
  }
}

function differs<State extends object>(state: State, patch: Partial<State>): boolean {
  return (Object.keys(patch) as (keyof State)[]).some((key) => !Object.is(state[key], patch[key]));
}
