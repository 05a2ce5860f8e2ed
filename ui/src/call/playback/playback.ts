import { KeptContext } from './kept-context.ts';
import { KeptElement } from './kept-element.ts';
import { watchPageReturn, type PageReturn } from '../base/page-return.ts';

/** What the browser refuses to play until the person presses something. */
export type Blocked = 'sound' | 'pictures' | null;

type WatchReturn = (onReturned: (how: PageReturn) => void) => () => void;

/**
 * Everything that plays in this page: the sound and the pictures of others, one's own picture, and what measures sound.
 * What the system or the browser has paused plays again by itself, or with the next press where the browser asks for one.
 */
export class Playback {
  readonly #watchReturn: WatchReturn;
  readonly #elements = new Set<KeptElement>();
  readonly #contexts = new Set<KeptContext>();
  readonly #listeners = new Set<() => void>();
  #stopWatching: (() => void) | null = null;
  #blocked: Blocked = null;

  constructor(watchReturn: WatchReturn = watchPageReturn) {
    this.#watchReturn = watchReturn;
  }

  get blocked(): Blocked {
    return this.#blocked;
  }

  /** Calls `listener` when `blocked` has changed. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Plays the element until the returned function is called. Call it again when the element has another stream. */
  keep(element: HTMLMediaElement): () => void {
    const kept = new KeptElement(element, () => this.#refresh());
    this.#elements.add(kept);
    this.#watch();
    void kept.play();
    return () => {
      this.#elements.delete(kept);
      kept.close();
      this.#refresh();
      this.#watch();
    };
  }

  /** Keeps the context running until the returned function is called. */
  keepContext(context: AudioContext): () => void {
    const kept = new KeptContext(context);
    this.#contexts.add(kept);
    this.#watch();
    return () => {
      this.#contexts.delete(kept);
      kept.close();
      this.#watch();
    };
  }

  /** Plays what the browser has refused. Call it in the task of a press. */
  async resume(): Promise<void> {
    await Promise.all(this.#refused.map((kept) => kept.play()));
  }

  get #refused(): KeptElement[] {
    return [...this.#elements].filter((kept) => kept.refused);
  }

  /** Watches the page only while something plays. */
  #watch(): void {
    const isUsed = this.#elements.size + this.#contexts.size > 0;
    if (isUsed) this.#stopWatching ??= this.#watchReturn(() => this.#handleReturn());
    else {
      this.#stopWatching?.();
      this.#stopWatching = null;
    }
  }

  #handleReturn(): void {
    for (const kept of [...this.#elements, ...this.#contexts]) kept.handleReturn();
  }

  #refresh(): void {
    const refused = this.#refused;
    const pictures = refused.length > 0 ? 'pictures' : null;
    const blocked = refused.some((kept) => kept.hasSound) ? 'sound' : pictures;
    if (blocked === this.#blocked) return;
    this.#blocked = blocked;
    for (const listener of this.#listeners) listener();
  }
}

/** One for the page, because its elements are in the call, before the call and in the small window. */
export const pagePlayback = new Playback();
