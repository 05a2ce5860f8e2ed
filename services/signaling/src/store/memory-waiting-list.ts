import type { RoomCode } from '@parley/proto/ids';
import {
  NOBODY_WAITS,
  withEntries,
  type ChangedWaiting,
  type Waiting,
  type WaitingChange,
  type WaitingList,
} from './waiting-list.ts';

/** The waiting lists of a single signaling instance. */
export class MemoryWaitingList implements WaitingList {
  readonly #lists = new Map<RoomCode, Waiting>();
  readonly #assertOpen: () => void;
  readonly #onChanged: (code: RoomCode, waiting: Waiting) => void;
  /** The highest version of a list that is empty and forgotten. A list that begins in the same millisecond begins above it. */
  #forgotten = 0;

  /** @param assertOpen Throws once the store is closed. */
  constructor(assertOpen: () => void, onChanged: (code: RoomCode, waiting: Waiting) => void) {
    this.#assertOpen = assertOpen;
    this.#onChanged = onChanged;
  }

  async read(code: RoomCode): Promise<Waiting> {
    this.#assertOpen();
    return this.#lists.get(code) ?? NOBODY_WAITS;
  }

  async change(code: RoomCode, change: WaitingChange): Promise<ChangedWaiting> {
    this.#assertOpen();
    const before = this.#lists.get(code) ?? NOBODY_WAITS;
    const entries = change(before.entries);
    if (entries === before.entries) return { before, after: before };
    const after = withEntries(before, entries, Math.max(Date.now(), this.#forgotten + 1));
    if (entries.length > 0) this.#lists.set(code, after);
    else {
      this.#lists.delete(code);
      this.#forgotten = Math.max(this.#forgotten, after.version);
    }
    this.#onChanged(code, after);
    return { before, after };
  }

  async listExpired(now: number): Promise<RoomCode[]> {
    this.#assertOpen();
    const isOver = ({ entries }: Waiting): boolean => entries.some(({ expiresAt }) => expiresAt <= now);
    return [...this.#lists].filter(([, waiting]) => isOver(waiting)).map(([code]) => code);
  }
}
