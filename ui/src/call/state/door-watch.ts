import type { RoomInfo } from '@parley/proto/rest';
import { asFailure, type CallFailure } from '../base/call-failure.ts';

/** What somebody who waits knows of the room. */
export type DoorState = {
  title: string;
  /** null: not known yet. */
  peopleInside: number | null;
  /** The server does not have the person at the moment; the page goes on trying. */
  lost: boolean;
};

export const NO_DOOR: DoorState = Object.freeze({ title: '', peopleInside: null, lost: false });

const LOOK_EVERY_MS = 10_000;

type DoorWatchOptions = {
  /** Rejects with CallFailure. */
  look: () => Promise<RoomInfo>;
  onChanged: (state: DoorState) => void;
  /** Nobody can be let in any more: the room is gone, or its time is over. */
  onOver: (code: 'room_not_found' | 'room_closed') => void;
  everyMs?: number;
  now?: () => number;
};

/** Looks at the room again and again while somebody waits before it, because those inside say nothing to the person. */
export class DoorWatch {
  readonly #options: DoorWatchOptions;
  #state: DoorState = NO_DOOR;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #watching = false;

  constructor(options: DoorWatchOptions) {
    this.#options = options;
  }

  /** The server has the person, once more maybe. */
  start(): void {
    this.#set({ lost: false });
    if (this.#watching) return;
    this.#watching = true;
    void this.#look();
  }

  /** The socket of the person is lost. */
  lose(): void {
    if (this.#watching) this.#set({ lost: true });
  }

  close(): void {
    this.#watching = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #look(): Promise<void> {
    const { look, onOver, everyMs = LOOK_EVERY_MS, now = Date.now } = this.#options;
    try {
      const { title, peerCount, settings } = await look();
      if (!this.#watching) return;
      if (settings.closesAt !== null && now() >= settings.closesAt)
        return this.#end(() => onOver('room_closed'));
      this.#set({ title, peopleInside: peerCount });
    } catch (error) {
      if (!this.#watching) return;
      const { code }: CallFailure = asFailure(error);
      // Another failure passes: the person goes on waiting.
      if (code === 'room_not_found') return this.#end(() => onOver('room_not_found'));
    }
    this.#timer = setTimeout(() => void this.#look(), everyMs);
  }

  #end(report: () => void): void {
    this.close();
    report();
  }

  #set(patch: Partial<DoorState>): void {
    this.#state = { ...this.#state, ...patch };
    this.#options.onChanged(this.#state);
  }
}
