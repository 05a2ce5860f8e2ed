/** A device that delivered for this long did not end at once. */
const STEADY_MS = 10_000;
/** The pause before each attempt to open a device whose track ended by itself. */
const PAUSES_MS = [0, 500, 1_500, 4_000];

/** Decides when a device that ended by itself is opened again. One that ends at once each time is given up. */
export class Comebacks {
  #count = 0;

  /**
   * Returns the milliseconds to wait before the device is opened again, or null if that was tried often enough.
   * @param livedMs How long the device had delivered.
   */
  next(livedMs: number): number | null {
    if (livedMs >= STEADY_MS) this.#count = 0;
    const pause = PAUSES_MS[this.#count] ?? null;
    this.#count += 1;
    return pause;
  }

  /** Called when the person asks for the device. */
  reset(): void {
    this.#count = 0;
  }
}
