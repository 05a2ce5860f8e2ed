import type { Picture } from '../call/index.ts';

const MIN_INTERVAL_MS = 150;

/**
 * Collects the pictures that the page shows, and reports all of them when one changes. Pictures that appear together are in one report.
 * Reports are at least 150 ms apart, because a transition changes the sizes in every frame. A picture that is shown in two places is listed twice.
 */
export class PictureRegistry {
  readonly #pictures = new Map<string, Picture>();
  readonly #report: (pictures: readonly Picture[]) => void;
  #lastAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #closed = false;

  constructor(report: (pictures: readonly Picture[]) => void) {
    this.#report = report;
  }

  /** `key` names the place on the page. */
  set(key: string, picture: Picture): void {
    const previous = this.#pictures.get(key);
    if (previous !== undefined && isUnchanged(previous, picture)) return;
    this.#pictures.set(key, picture);
    this.#schedule();
  }

  delete(key: string): void {
    if (this.#pictures.delete(key)) this.#schedule();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#pictures.clear();
  }

  #schedule(): void {
    if (this.#closed || this.#timer !== null) return;
    const wait = Math.max(0, this.#lastAt + MIN_INTERVAL_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#lastAt = Date.now();
      this.#report([...this.#pictures.values()]);
    }, wait);
  }
}

function isUnchanged(a: Picture, b: Picture): boolean {
  return (
    a.peerId === b.peerId &&
    a.source === b.source &&
    a.width === b.width &&
    a.height === b.height &&
    a.important === b.important &&
    a.apart === b.apart
  );
}
