import { watchPresses } from '../base/page-return.ts';

/**
 * An AudioContext that runs until `close`. Browsers start it only after a press, and Safari interrupts it for a phone
 * call. Does not close the context.
 */
export class KeptContext {
  readonly #context: AudioContext;
  #stopPresses: (() => void) | null = null;
  #closed = false;

  constructor(context: AudioContext) {
    this.#context = context;
    context.addEventListener('statechange', this.#follow);
    this.#follow();
  }

  /** Called when the person comes back to the page. */
  handleReturn(): void {
    this.#resume();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#context.removeEventListener('statechange', this.#follow);
    this.#stopPresses?.();
    this.#stopPresses = null;
  }

  readonly #follow = (): void => {
    const stands = this.#stands;
    if (stands) this.#stopPresses ??= watchPresses(document, () => this.#resume());
    else {
      this.#stopPresses?.();
      this.#stopPresses = null;
    }
    this.#resume();
  };

  /** `suspended`, or `interrupted` in Safari. */
  get #stands(): boolean {
    return !this.#closed && this.#context.state !== 'running' && this.#context.state !== 'closed';
  }

  #resume(): void {
    if (this.#stands) void this.#context.resume().catch(() => {});
  }
}
