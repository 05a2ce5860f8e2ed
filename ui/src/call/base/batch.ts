import { timeDrawing } from './time/after-drawing.ts';

/** The items that pass one by one before the first has to wait. */
export const AT_ONCE_MAX = 10;
/** While many come, they pass together once in this time. */
export const TOGETHER_MS = 100;
/** If more items than this wait, a step passes only a part of them, so that no step of the page takes long. */
export const STEP_MAX = 40;
/**
 * The part of the waiting items that a step passes: what keeps coming faster than `STEP_MAX` in each step still passes, and after a burst a
 * second is enough.
 */
const STEP_SHARE = 1 / 4;
/** A step that the browser took long to draw is followed by a pause of that length, in which presses are answered; at most of this one. */
export const PAUSE_MAX_MS = 500;

type BatchOptions = { timeDrawing?: typeof timeDrawing };

/**
 * Passes items on in their order: each at once while few come, those of a tenth of a second together while many come. In any
 * time it passes something on `AT_ONCE_MAX` times, and once more for each `TOGETHER_MS` of that time, however much comes; less often where the
 * browser cannot draw it as fast.
 */
export class Batch<T> {
  readonly #pass: (items: readonly T[]) => void;
  readonly #timeDrawing: typeof timeDrawing;
  #isTiming = false;
  #waiting: T[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** How often it may pass something on without a wait; it grows by one in each `TOGETHER_MS`. */
  #allowed = AT_ONCE_MAX;
  #countedAt = performance.now();
  #closed = false;

  constructor(pass: (items: readonly T[]) => void, options: BatchOptions = {}) {
    this.#pass = pass;
    this.#timeDrawing = options.timeDrawing ?? timeDrawing;
  }

  add(item: T): void {
    if (this.#closed) return;
    this.#waiting.push(item);
    if (this.#timer !== null) return;
    if (this.#waitMs() <= 0) this.#step();
    else this.#arm();
  }

  /** Passes on everything that waits, now. */
  flush(): void {
    this.#disarm();
    if (this.#waiting.length === 0) return;
    this.#waitMs();
    this.#passOn(this.#waiting.length);
  }

  /** Drops what waits. */
  close(): void {
    this.#closed = true;
    this.#disarm();
    this.#waiting = [];
  }

  #step(): void {
    this.#timer = null;
    // The last step may have been drawn since, and taken long.
    if (this.#waitMs() > 1) return this.#arm();
    try {
      this.#passOn(Math.max(STEP_MAX, Math.ceil(this.#waiting.length * STEP_SHARE)));
    } finally {
      if (this.#waiting.length > 0 && this.#timer === null) this.#arm();
    }
  }

  #arm(): void {
    this.#timer = setTimeout(() => this.#step(), this.#waitMs());
  }

  #passOn(count: number): void {
    this.#allowed -= 1;
    const items = this.#waiting.splice(0, count);
    this.#watchDrawing();
    this.#pass(items);
  }

  /** Takes off what the browser needs longer for a step than half of the time between two. */
  #watchDrawing(): void {
    if (this.#isTiming) return;
    this.#isTiming = true;
    this.#timeDrawing((ms) => {
      this.#isTiming = false;
      this.#waitMs();
      this.#allowed -= Math.max(0, (2 * Math.min(ms, PAUSE_MAX_MS)) / TOGETHER_MS - 1);
    });
  }

  /** How long until something may be passed on. */
  #waitMs(): number {
    const now = performance.now();
    this.#allowed = Math.min(AT_ONCE_MAX, this.#allowed + (now - this.#countedAt) / TOGETHER_MS);
    this.#countedAt = now;
    return (1 - this.#allowed) * TOGETHER_MS;
  }

  #disarm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
