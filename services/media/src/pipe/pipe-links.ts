import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { PipedProducer } from '../router/piped-producer.ts';

/** The connection of two routers. */
export interface PipeLink {
  carry(producerId: ProducerId, fromRouterId: string): Promise<Pick<PipedProducer, 'setRunning' | 'close'>>;
  close(): void;
}

/** A router of a room, as its pipes need it. */
export interface LinkableRouter<Self> {
  readonly id: string;
  linkTo(other: Self): Promise<PipeLink>;
}

/** The links between the routers of a room: one for each pair, as long as a pipe needs it. */
export class PipeLinks<R extends LinkableRouter<R>> {
  readonly #entries = new Map<string, HeldLink>();

  get size(): number {
    return this.#entries.size;
  }

  close(): void {
    for (const key of this.#entries.keys()) this.#close(key);
  }

  /** Call it when a router is closed. */
  routerClosed(id: string): void {
    for (const [key, { ids }] of this.#entries) if (ids.includes(id)) this.#close(key);
  }

  /** Gives the link of two routers, which stays until `release` was called as often. If it rejects, nothing is to be released. */
  async hold(one: R, other: R): Promise<PipeLink> {
    const key = keyOf(one, other);
    const entry = this.#entries.get(key) ?? this.#begin(key, one, other);
    entry.holds += 1;
    try {
      return await entry.made;
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    }
  }

  release(one: R, other: R): void {
    const key = keyOf(one, other);
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    entry.holds -= 1;
    if (entry.holds === 0) this.#close(key);
  }

  #begin(key: string, one: R, other: R): HeldLink {
    const entry = new HeldLink([one.id, other.id], one.linkTo(other));
    this.#entries.set(key, entry);
    return entry;
  }

  #close(key: string): void {
    this.#entries.get(key)?.close();
    this.#entries.delete(key);
  }
}

class HeldLink {
  readonly ids: readonly string[];
  readonly made: Promise<PipeLink>;
  holds = 0;
  #link: PipeLink | undefined;
  #closed = false;

  constructor(ids: readonly string[], making: Promise<PipeLink>) {
    this.ids = ids;
    this.made = making.then((link) => this.#handleMade(link));
  }

  close(): void {
    this.#closed = true;
    this.#link?.close();
  }

  #handleMade(link: PipeLink): PipeLink {
    if (this.#closed) {
      link.close();
      throw new ParleyError('media_unavailable');
    }
    this.#link = link;
    return link;
  }
}

function keyOf(one: { id: string }, other: { id: string }): string {
  return [one.id, other.id].toSorted((a, b) => (a < b ? -1 : 1)).join(' ');
}
