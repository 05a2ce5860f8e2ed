type BrowserHistory = Pick<History, 'state' | 'pushState' | 'replaceState' | 'back'>;

/** Marks the entry of the history that a press of "back" takes away, with the number of its guard. */
const MARK = 'parleyCall';

/** The number of guards that this page has made. Guards of a page before it are gone. */
let guards = 0;

/**
 * Gives "back" a meaning in a call: it closes what was opened last, and asks before it leaves. While armed, the history has one more entry
 * for the same page. A press of "back" takes it away; the guard then puts it back, except after the question. So a second press leaves.
 * The guard of the next call adopts the entry if it is there already.
 */
export class BackGuard {
  readonly #number = (guards += 1);
  readonly #history: BrowserHistory;
  readonly #onQuestion: () => void;
  readonly #closers: (() => void)[] = [];
  #armed = false;

  /** @param onQuestion Nothing is open: ask whether the person wants to leave. */
  constructor(history: BrowserHistory, onQuestion: () => void) {
    this.#history = history;
    this.#onQuestion = onQuestion;
  }

  /** Puts the entry into the history. The answer "stay" to the question calls this too. */
  arm(): void {
    this.#armed = true;
    const marked = { ...this.#state, [MARK]: this.#number };
    if (!this.#isMarked()) this.#history.pushState(marked, '');
    else if (!this.#isOwn()) this.#history.replaceState(marked, '');
  }

  /** Takes the additional entry away, so that the next "back" leads to the page before the call. */
  disarm(): void {
    this.#armed = false;
    // Later, because React runs the effects of a component twice in development.
    setTimeout(() => {
      if (!this.#armed && this.#isOwn()) this.#history.back();
    }, 0);
  }

  /** The page is going away: the history is no longer this page's to change. */
  abandon(): void {
    this.#armed = false;
  }

  /** Handles the event `popstate`. */
  handleBack(): void {
    if (!this.#armed || this.#isMarked()) return;
    const close = this.#closers.at(-1);
    if (close === undefined) {
      this.#onQuestion();
      return;
    }
    close();
    this.arm();
  }

  /** Something has opened that "back" closes. Returns a function for when it is closed. */
  opened(close: () => void): () => void {
    this.#closers.push(close);
    return () => {
      const index = this.#closers.indexOf(close);
      if (index !== -1) this.#closers.splice(index, 1);
    };
  }

  #isMarked(): boolean {
    return this.#mark !== undefined;
  }

  #isOwn(): boolean {
    return this.#mark === this.#number;
  }

  get #mark(): unknown {
    return MARK in this.#state ? this.#state[MARK] : undefined;
  }

  get #state(): object {
    const state: unknown = this.#history.state;
    return typeof state === 'object' && state !== null ? state : {};
  }
}
