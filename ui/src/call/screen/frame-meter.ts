const INTERVAL_MS = 1000;

/** Measures about once in a second how many frames a track gives in a second. */
export class FrameMeter {
  readonly #count: () => Promise<number | null>;
  readonly #onMeasured: (framesPerSecond: number) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #last: { frames: number; at: number } | null = null;
  #closed = false;

  /** @param count The frames so far; null if they are not known now. The number may begin anew. */
  constructor(
    count: () => Promise<number | null>,
    onMeasured: (framesPerSecond: number) => void,
    intervalMs = INTERVAL_MS,
  ) {
    this.#count = count;
    this.#onMeasured = onMeasured;
    this.#timer = setInterval(() => void this.#measure(), intervalMs);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  async #measure(): Promise<void> {
    const frames = await this.#count().catch(() => null);
    const last = this.#last;
    const at = performance.now();
    this.#last = frames === null ? null : { frames, at };
    if (this.#closed || frames === null || last === null || frames < last.frames || at <= last.at) return;
    this.#onMeasured(((frames - last.frames) * 1000) / (at - last.at));
  }
}
