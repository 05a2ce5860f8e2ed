/** How far a stream has come: frames of a picture, packets of a voice. */
export type Progress = { id: string; count: number };

type Known = { count: number; at: number; moved: boolean };

/** Knows since when each stream has brought nothing new. Pure: the caller gives the time, in milliseconds. */
export class Flow {
  #streams = new Map<string, Known>();
  #path: Known = { count: 0, at: 0, moved: false };

  /**
   * @param readings Those of the streams that should bring something now. One that is new, or comes back, has its time
   * from here on.
   * @param pathCount What came over the path in all, also what belongs to no stream.
   */
  update(readings: readonly Progress[], pathCount: number, now: number): void {
    const before = this.#streams;
    this.#streams = new Map(readings.map(({ id, count }) => [id, followed(before.get(id), count, now)]));
    this.#path = followed(this.#path, pathCount, now);
  }

  /** Nothing was read for a while, because the page stood still. That is not the fault of the streams. */
  forgive(now: number): void {
    for (const known of [...this.#streams.values(), this.#path]) known.at = now;
  }

  /** Milliseconds since this stream brought something; 0 for one that has not begun. */
  silentMs(id: string, now: number): number {
    const known = this.#streams.get(id);
    return known === undefined || !known.moved ? 0 : now - known.at;
  }

  /** Milliseconds since anything came; 0 if no stream is expected to bring something. */
  allSilentMs(now: number): number {
    const begun = Array.from(this.#streams.values()).filter(({ moved }) => moved);
    return begun.length === 0 ? 0 : now - Math.max(this.#path.at, ...begun.map(({ at }) => at));
  }

  /** Whether the other end of the path has answered since then, whatever the streams do. */
  pathMovedSince(since: number): boolean {
    return this.#path.moved && this.#path.at > since;
  }

  /** Whether a stream brought something since then, or nothing is expected. */
  movedSince(since: number): boolean {
    const all = Array.from(this.#streams.values());
    return all.length === 0 || all.some(({ moved, at }) => moved && at > since);
  }

  hasBegun(id: string): boolean {
    return this.#streams.get(id)?.moved === true;
  }

  /** Whether each stream has brought something. */
  get allBegun(): boolean {
    return Array.from(this.#streams.values()).every(({ moved }) => moved);
  }
}

function followed(known: Known | undefined, count: number, now: number): Known {
  if (known === undefined) return { count, at: now, moved: false };
  return known.count === count ? known : { count, at: now, moved: true };
}
