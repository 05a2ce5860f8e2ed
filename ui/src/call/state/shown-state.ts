import { ObservableState } from '../base/observable-state.ts';
import type { CallState } from './call-state.ts';

export type ShownStateOptions = {
  initial: CallState;
  /** What the parts of the call determine, now. */
  compose: (former: CallState) => Partial<CallState>;
  onComposed: (state: CallState) => void;
};

/**
 * The state of a call as the page reads it. It is composed once for all that changes in one task, because composing costs more than any one change
 * of it. After `close` nothing of the call changes it any more, except its end and the notices.
 */
export class ShownState {
  readonly #options: ShownStateOptions;
  readonly #state: ObservableState<CallState>;
  #composing = false;
  #closed = false;

  constructor(options: ShownStateOptions) {
    this.#options = options;
    this.#state = new ObservableState(options.initial);
  }

  /** The same object until something changes. */
  get(): CallState {
    return this.#state.get();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  close(): void {
    this.#closed = true;
  }

  /** Call it when a part of the call has changed. */
  compose(): void {
    if (this.#composing) return;
    this.#composing = true;
    queueMicrotask(() => {
      this.#composing = false;
      if (this.#closed) return;
      this.update(this.#options.compose(this.get()));
      this.#options.onComposed(this.get());
    });
  }

  /** What no part of the call determines. */
  update(patch: Partial<CallState>): void {
    if (!this.#closed) this.#state.update(patch);
  }

  /** Also of a call that is over: its notices can still be dismissed. */
  showNotices(notices: CallState['notices']): void {
    this.#state.update({ notices });
  }

  /** The call is closed, or the page goes away: what is shown from now on. */
  end(last: Partial<CallState>): void {
    this.close();
    this.#state.update(last);
  }
}
