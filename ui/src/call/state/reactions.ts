import type { PeerId, Reaction } from '@parley/proto';
import { newUuid } from '../base/ids.ts';
import type { FloatingReaction } from './call-state.ts';

export const REACTION_SHOWN_MS = 4000;
/** The most reactions that float at the same time. Many reactions in a large room must not slow the page down. */
export const REACTIONS_MAX = 40;

/** Reactions that float over the call, each for some seconds. */
export class Reactions {
  readonly #onChanged: () => void;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #floating: readonly FloatingReaction[] = [];

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  get floating(): readonly FloatingReaction[] {
    return this.#floating;
  }

  show(peerId: PeerId, displayName: string, reaction: Reaction): void {
    const shown: FloatingReaction = { id: newUuid(), peerId, displayName, reaction, at: Date.now() };
    this.#floating = [...this.#floating, shown].slice(-REACTIONS_MAX);
    this.#onChanged();
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#floating = this.#floating.filter((other) => other !== shown);
      this.#onChanged();
    }, REACTION_SHOWN_MS);
    this.#timers.add(timer);
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#floating = [];
  }
}
