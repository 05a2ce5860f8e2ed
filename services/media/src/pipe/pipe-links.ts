import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { PipedProducer } from '../router/piped-producer.ts';

/** What a link carries of one producer. */
export type CarriedProducer = Pick<PipedProducer, 'setRunning' | 'close'>;

/** The connection of two routers. Closing it, and what it carries, is up to who has it, also after these events. */
export interface PipeLink {
  carry(producerId: ProducerId, fromRouterId: string): Promise<CarriedProducer>;
  close(): void;
  /** Whether it broke before anybody listened. */
  readonly ended: boolean;
  /** It broke. */
  once(event: 'ended', listener: () => void): unknown;
  /** A carried producer was closed at home. */
  on(event: 'dropped', listener: (producerId: ProducerId) => void): unknown;
}

/** A router that producers come from, as the pipes to the routers of a room need it: one of them, or one of another node. */
export interface LinkableRouter<Target> {
  readonly id: string;
  linkTo(target: Target): Promise<PipeLink>;
}

/** One use of a link, which stays until it is released. Releasing it twice is no error. */
export type LinkHold = { readonly link: PipeLink; release(): void };

type PipeLinksEvents = {
  /** The link between these two is about to be closed, with all that it carried, and need not be released. */
  ended: [LinkedIds];
  dropped: [LinkedIds, ProducerId];
};

/** The ids of the two routers, in no order. */
export type LinkedIds = readonly [string, string];

/** The links between the routers of a room, and from routers of other nodes to them: one for each pair, as long as a pipe needs it. */
export class PipeLinks<T extends { readonly id: string }> extends EventEmitter<PipeLinksEvents> {
  readonly #entries = new Map<string, HeldLink>();

  get size(): number {
    return this.#entries.size;
  }

  close(): void {
    for (const entry of this.#entries.values()) this.#close(entry);
    this.removeAllListeners();
  }

  /** Call it when a router is closed. */
  routerClosed(id: string): void {
    for (const entry of this.#entries.values()) if (entry.ids.includes(id)) this.#close(entry);
  }

  /** Gives the link of two routers. If it rejects, nothing is to be released. */
  async hold(home: LinkableRouter<T>, target: T): Promise<LinkHold> {
    const entry = this.#entries.get(keyOf([home.id, target.id])) ?? this.#begin(home, target);
    entry.holds += 1;
    try {
      const link = await entry.made;
      return { link, release: once(() => this.#release(entry)) };
    } catch (error) {
      this.#forget(entry);
      throw error;
    }
  }

  #begin(home: LinkableRouter<T>, target: T): HeldLink {
    const entry = new HeldLink([home.id, target.id], home.linkTo(target));
    this.#entries.set(keyOf(entry.ids), entry);
    entry.once('ended', () => {
      this.#forget(entry);
      // First what it carried ends: the voices that its router has had give up their places with it.
      this.emit('ended', entry.ids);
      entry.close();
    });
    entry.on('dropped', (producerId) => this.emit('dropped', entry.ids, producerId));
    return entry;
  }

  #release(entry: HeldLink): void {
    entry.holds -= 1;
    if (entry.holds === 0) this.#close(entry);
  }

  #close(entry: HeldLink): void {
    entry.close();
    this.#forget(entry);
  }

  #forget(entry: HeldLink): void {
    const key = keyOf(entry.ids);
    if (this.#entries.get(key) === entry) this.#entries.delete(key);
  }
}

class HeldLink extends EventEmitter<{ ended: []; dropped: [ProducerId] }> {
  readonly ids: LinkedIds;
  readonly made: Promise<PipeLink>;
  holds = 0;
  #link: PipeLink | undefined;
  #closed = false;

  constructor(ids: LinkedIds, making: Promise<PipeLink>) {
    super();
    this.ids = ids;
    this.made = making.then((link) => this.#handleMade(link));
  }

  close(): void {
    this.#closed = true;
    this.removeAllListeners();
    this.#link?.close();
  }

  #handleMade(link: PipeLink): PipeLink {
    if (this.#closed || link.ended) {
      link.close();
      throw new ParleyError('media_unavailable');
    }
    this.#link = link;
    link.once('ended', () => this.emit('ended'));
    link.on('dropped', (producerId) => this.emit('dropped', producerId));
    return link;
  }
}

/** The same for both orders: a link between two routers of a room carries in both directions. */
function keyOf(ids: LinkedIds): string {
  return ids.toSorted((a, b) => (a < b ? -1 : 1)).join(' ');
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}
