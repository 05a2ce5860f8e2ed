type BrowserHistory = Pick<History, 'state' | 'pushState' | 'back'>;

/** Marks the entry of the history that a press of "back" takes away. */
const MARK = 'parleyCall';

/**
 * Gives "back" a meaning in a call: it closes what was opened last, and asks before it leaves. While armed, the history has one more entry
 * for the same page. A press of "back" takes it away; the guard then puts it back, except after the question. So a second press leaves.
 */
export class BackGuard {
  readonly #history: BrowserHistory;
  readonly #onQuestion: () => void;
  readonly #closers: (() => void)[] = [];
  #armed = false;

  /** @param onQuestion Nothing is open: ask whether the person wants to leave. */
  constructor(history: BrowserHistory, onQuestion: () => void) {
    this.#history = history;
    this.#onQuestion = onQuestion;
  }

  /** Also the answer "stay" to the question. */
  arm(): void {
    this.#armed = true;
    if (!this.#isMarked()) this.#history.pushState({ ...this.#history.state, [MARK]: true }, '');
  }

  /** Takes the additional entry away, so that the next "back" leads to the page before the call. */
  disarm(): void {
    this.#armed = false;
    // Later, because React runs the effects of a component twice in development.
    setTimeout(() => {
      if (!this.#armed && this.#isMarked()) this.#history.back();
    }, 0);
  }

  /** The page is going away: the history is no longer this page's to change. */
  abandon(): void {
    this.#armed = false;
  }

  /** For the event `popstate`. */
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
    const state: unknown = this.#history.state;
    return typeof state === 'object' && state !== null && MARK in state;
  }
}
