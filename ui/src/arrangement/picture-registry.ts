import type { Picture } from '../call/index.ts';

const MIN_INTERVAL_MS = 150;

/**
 * Collects which pictures the page shows and at what size, and hands the whole list on. Tiles that appear together
 * go in one list; sizes that change on every frame of a transition are thinned out.
 */
export class PictureRegistry {
  readonly #views = new Map<string, View>();
  readonly #publish: (views: readonly View[]) => void;
  #lastAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #closed = false;

  constructor(publish: (views: readonly Picture[]) => void) {
    this.#publish = publish;
  }

  /** `key` names the place on the page: the same picture may be shown in two. */
  set(key: string, view: Picture): void {
    const known = this.#views.get(key);
    if (known !== undefined && sameView(known, view)) return;
    this.#views.set(key, view);
    this.#schedule();
  }

  delete(key: string): void {
    if (this.#views.delete(key)) this.#schedule();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#views.clear();
  }

  #schedule(): void {
    if (this.#closed || this.#timer !== null) return;
    const wait = Math.max(0, this.#lastAt + MIN_INTERVAL_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#lastAt = Date.now();
      this.#publish(mergeViews([...this.#views.values()]));
    }, wait);
  }
}

/** One entry per picture: the largest place it is shown at decides. */
export function mergeViews(views: readonly Picture[]): Picture[] {
  const merged = new Map<string, Picture>();
  for (const view of views) {
    const key = `${view.peerId} ${view.source}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? view : largerOf(known, view));
  }
  return [...merged.values()];
}

function largerOf(a: Picture, b: Picture): Picture {
  const larger = a.width * a.height >= b.width * b.height ? a : b;
  return { ...larger, important: a.important || b.important };
}

function sameView(a: Picture, b: Picture): boolean {
  return (
    a.peerId === b.peerId &&
    a.source === b.source &&
    a.width === b.width &&
    a.height === b.height &&
    a.important === b.important
  );
}
