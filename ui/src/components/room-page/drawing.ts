import type { CallState } from '../../call/state/call-state.ts';

/** A join that takes longer shows that it is under way. */
const DRAWN_AFTER_MS = 150;

/**
 * Draws the call once. That takes longer than the join from the lobby, and whatever the join waits for would wait for the drawing too. So the
 * page draws when the first picture is on its way, or after a moment.
 */
export class Drawing {
  readonly #draw: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #over = false;

  /** @param later Whether it may wait at all. */
  constructor(later: boolean, draw: () => void) {
    this.#draw = draw;
    if (later) this.#timer = setTimeout(() => this.#now(), DRAWN_AFTER_MS);
    else this.#now();
  }

  /** Whether the call is still to be drawn. */
  get pending(): boolean {
    return !this.#over;
  }

  /** The state of the call has changed. */
  follow({ phase }: CallState): void {
    if (phase !== 'joining') this.#now();
  }

  /** Draws nothing any more. */
  cancel(): void {
    this.#over = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #now(): void {
    if (this.#over) return;
    this.cancel();
    this.#draw();
  }
}
