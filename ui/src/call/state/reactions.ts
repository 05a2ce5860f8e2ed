import type { PeerId } from '@parley/proto/ids';
import type { PeerRecord, Reaction } from '@parley/proto/room';
import { asFailure, type CallFailure } from '../base/call-failure.ts';
import { newUuid } from '../base/ids.ts';
import type { FloatingReaction } from './call-state.ts';

export const REACTION_SHOWN_MS = 4000;
/** The most reactions that float at the same time. Many reactions in a large room must not slow the page down. */
export const REACTIONS_MAX = 40;
/** Reactions that end within this time are dropped together. Nobody sees them any more. */
const DROPPED_TOGETHER_MS = 250;

export type ReactionsOptions = {
  /** null before the join. */
  self: () => Pick<PeerRecord, 'peerId' | 'displayName'> | null;
  /** Rejects with CallFailure. */
  send: (reaction: Reaction) => Promise<unknown>;
  onChanged: () => void;
  onFailed: (failure: CallFailure) => void;
};

/** Reactions that float over the call, each for some seconds: those of others, and those that this person sends. */
export class Reactions {
  readonly #options: ReactionsOptions;
  #floating: readonly FloatingReaction[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #droppedAt = 0;
  #closed = false;

  constructor(options: ReactionsOptions) {
    this.#options = options;
  }

  get floating(): readonly FloatingReaction[] {
    return this.#floating;
  }

  /** The person sees the own reaction at once. */
  react(reaction: Reaction): void {
    const { self: selfOf, send, onFailed } = this.#options;
    const self = selfOf();
    if (this.#closed || self === null) return;
    this.show(self.peerId, self.displayName, reaction);
    send(reaction).catch((error: unknown) => onFailed(asFailure(error)));
  }

  show(peerId: PeerId, displayName: string, reaction: Reaction): void {
    const shown: FloatingReaction = { id: newUuid(), peerId, displayName, reaction, at: Date.now() };
    this.#floating = [...this.#floating, shown].slice(-REACTIONS_MAX);
    this.#options.onChanged();
    this.#arm();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#floating = [];
  }

  #arm(): void {
    const [oldest] = this.#floating;
    if (this.#timer !== null || oldest === undefined) return;
    const dueAt = Math.max(oldest.at + REACTION_SHOWN_MS, this.#droppedAt + DROPPED_TOGETHER_MS);
    this.#timer = setTimeout(() => this.#drop(), dueAt - Date.now());
  }

  #drop(): void {
    this.#timer = null;
    const now = Date.now();
    this.#droppedAt = now;
    this.#floating = this.#floating.filter(({ at }) => at + REACTION_SHOWN_MS > now);
    this.#options.onChanged();
    this.#arm();
  }
}
