import type { RoomId } from '../room/ids.ts';

export type BreakerOptions = {
  /** So many deaths of its worker within the time put a room into quarantine. */
  deaths: number;
  withinMs: number;
  quarantineMs: number;
};

export const DEFAULT_BREAKER: BreakerOptions = { deaths: 3, withinMs: 30_000, quarantineMs: 600_000 };

/**
 * Finds the room whose workers die again and again, and keeps it closed for a while, so that it takes down no more of its neighbours. A
 * death blames every room of the worker. It puts one room at most into quarantine: of those with the most deaths, the one that was opened last.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  readonly #deaths = new Map<RoomId, readonly number[]>();
  readonly #quarantinedUntil = new Map<RoomId, number>();
  readonly #now: () => number;

  /** `now`: milliseconds of a clock that is never set. */
  constructor(options: BreakerOptions, now: () => number = () => performance.now()) {
    this.#options = options;
    this.#now = now;
  }

  isQuarantined(id: RoomId): boolean {
    return (this.#quarantinedUntil.get(id) ?? 0) > this.#now();
  }

  /** Whether a worker of the room died lately. */
  isSuspect(id: RoomId): boolean {
    return this.#recentDeaths(id).length > 0;
  }

  /** Called with the rooms of a worker that died, in the order in which they were opened. Returns the room that goes into quarantine, if any. */
  workerDied(rooms: readonly RoomId[]): RoomId | undefined {
    const now = this.#now();
    for (const id of rooms) this.#deaths.set(id, [...this.#recentDeaths(id), now]);
    this.#forget(now);
    const most = Math.max(0, ...rooms.map((id) => this.#recentDeaths(id).length));
    if (most < this.#options.deaths) return undefined;
    const guilty = rooms.findLast((id) => this.#recentDeaths(id).length === most);
    if (guilty === undefined) return undefined;
    this.#deaths.delete(guilty);
    this.#quarantinedUntil.set(guilty, now + this.#options.quarantineMs);
    return guilty;
  }

  #recentDeaths(id: RoomId): readonly number[] {
    const since = this.#now() - this.#options.withinMs;
    return (this.#deaths.get(id) ?? []).filter((at) => at > since);
  }

  #forget(now: number): void {
    for (const id of this.#deaths.keys()) if (!this.isSuspect(id)) this.#deaths.delete(id);
    for (const [id, until] of this.#quarantinedUntil) if (until <= now) this.#quarantinedUntil.delete(id);
  }
}
