/** A page that is hidden for shorter than this was only passed by: its pictures go on. */
export const OUT_OF_SIGHT_AFTER_MS = 5_000;

/** The part of a document that says whether somebody may see its page. */
type SeenDocument = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;

/**
 * Knows whether somebody may see the page. A page without a document, as in a test, is always seen. So is one in a browser that can
 * show a video of it in a window of its own and does not say so (an older Firefox), because its pictures may be seen there.
 */
export class PageSight {
  readonly #document: SeenDocument | null;
  readonly #onChanged: (outOfSight: boolean) => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #outOfSight = false;

  /** @param onChanged Called with true when the page was hidden for `OUT_OF_SIGHT_AFTER_MS`, and with false in the task in which it is shown. */
  constructor(onChanged: (outOfSight: boolean) => void, page = pageDocument()) {
    this.#onChanged = onChanged;
    this.#document = page !== null && 'pictureInPictureElement' in page ? page : null;
    this.#document?.addEventListener('visibilitychange', this.#look);
    this.#look();
  }

  get outOfSight(): boolean {
    return this.#outOfSight;
  }

  close(): void {
    this.#document?.removeEventListener('visibilitychange', this.#look);
    this.#stop();
  }

  readonly #look = (): void => {
    this.#stop();
    if (this.#document === null) return;
    if (this.#document.visibilityState === 'visible') this.#set(false);
    else this.#timer = setTimeout(() => this.#set(true), OUT_OF_SIGHT_AFTER_MS);
  };

  #set(outOfSight: boolean): void {
    if (outOfSight === this.#outOfSight) return;
    this.#outOfSight = outOfSight;
    this.#onChanged(outOfSight);
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

function pageDocument(): SeenDocument | null {
  return typeof document === 'undefined' ? null : document;
}
