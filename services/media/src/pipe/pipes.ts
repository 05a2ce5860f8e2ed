import { EventEmitter } from 'node:events';
import { ParleyError, type ErrorCode } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { MediaKind } from '@parley/proto/rtp';
import type { ConsumerSupply } from '../router/peer-consumer.ts';
import type { PipeEndCause } from '../router/sent-producer.ts';
import { PipeLinks, type LinkableRouter, type LinkedIds, type LinkHold } from './pipe-links.ts';
import { Pipe, type PipeTimes } from './pipe.ts';

/** A router that producers come from, as the pipes of a room need it. */
export interface PipeHome<Target> extends LinkableRouter<Target> {
  /** A pipe costs the worker at home as much as a consumer. Runs `make`, or throws `at_capacity`. */
  makeConsumer<T>(kind: MediaKind, make: () => Promise<T>): Promise<T>;
}

/** What a pipe carries. */
export type PipedStream = { producerId: ProducerId; kind: MediaKind };

/** A pipe, or one that is being made. */
type Entry<T> = {
  readonly producerId: ProducerId;
  readonly kind: MediaKind;
  readonly home: PipeHome<T>;
  readonly target: T;
  pipe: Pipe | undefined;
  hold: LinkHold | undefined;
  ended: PipeEndCause | undefined;
};

type Kept<T> = { entry: Entry<T>; made: Promise<Pipe> };

const CODES: Readonly<Record<PipeEndCause, ErrorCode>> = {
  unused: 'closed',
  'producer-closed': 'producer_not_found',
  'link-closed': 'media_unavailable',
};

type PipesEvents<T> = {
  /** A producer of another node does not arrive at this router any more: it was closed, or the link broke. */
  lost: [ProducerId, T];
  /** The producer is on no router but its own any more, and on no way to one. */
  uncarried: [ProducerId];
};

/**
 * The pipes of a room: one for each producer and each router other than its own that consumes it, made when the first consumer there needs it. The
 * router at home is one of the room, or one of another node.
 */
export class Pipes<T extends { readonly id: string }> extends EventEmitter<PipesEvents<T>> {
  readonly #times: PipeTimes;
  readonly #links = new PipeLinks<T>();
  readonly #kept = new Map<ProducerId, Map<string, Kept<T>>>();
  #closed = false;

  constructor(times: PipeTimes) {
    super();
    this.#times = times;
    this.#links.on('ended', (ids) => this.#lose(this.#all, ids, 'link-closed'));
    this.#links.on('dropped', (ids, producerId) =>
      this.#lose([...(this.#kept.get(producerId)?.values() ?? [])], ids, 'producer-closed'),
    );
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Pipes, those in the making included. */
  get size(): number {
    return this.#all.length;
  }

  get linkCount(): number {
    return this.#links.size;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { entry } of this.#all) this.#end(entry, 'link-closed');
    this.#links.close();
    this.removeAllListeners();
  }

  /** Whether the producer is on another router than its own, or on the way to one. */
  carries(producerId: ProducerId): boolean {
    return this.#kept.has(producerId);
  }

  /**
   * Makes the producer available on another router than its own. Callers that ask at the same time share one pipe. Throws `at_capacity`,
   * `producer_not_found` or `media_unavailable`.
   */
  async reach(piped: PipedStream, home: PipeHome<T>, target: T): Promise<ConsumerSupply> {
    if (this.#closed) throw new ParleyError('closed');
    const { entry, made } =
      this.#kept.get(piped.producerId)?.get(target.id) ?? this.#begin(piped, home, target);
    const pipe = await made;
    assertLasting(entry);
    return pipe.use();
  }

  /** Call it when a producer of the room was closed at home. */
  producerClosed(producerId: ProducerId): void {
    for (const { entry } of this.#kept.get(producerId)?.values() ?? []) this.#end(entry, 'producer-closed');
  }

  /** Call it when a router of the room is closed, or its worker died. Ends the pipes from it and to it. */
  routerClosed({ id }: T): void {
    this.#links.routerClosed(id);
    for (const { entry } of this.#all)
      if (entry.home.id === id || entry.target.id === id) this.#end(entry, 'link-closed');
  }

  get #all(): Kept<T>[] {
    return [...this.#kept.values()].flatMap((kept) => [...kept.values()]);
  }

  #begin({ producerId, kind }: PipedStream, home: PipeHome<T>, target: T): Kept<T> {
    const unmade = { pipe: undefined, hold: undefined, ended: undefined };
    const entry: Entry<T> = { producerId, kind, home, target, ...unmade };
    const kept = { entry, made: this.#make(entry) };
    const ofProducer = this.#kept.get(producerId) ?? new Map<string, Kept<T>>();
    this.#kept.set(producerId, ofProducer.set(target.id, kept));
    return kept;
  }

  async #make(entry: Entry<T>): Promise<Pipe> {
    try {
      const hold = await this.#links.hold(entry.home, entry.target);
      try {
        return await this.#carry(entry, hold);
      } catch (error) {
        hold.release();
        throw error;
      }
    } catch (error) {
      this.#forget(entry);
      throw error;
    }
  }

  async #carry(entry: Entry<T>, hold: LinkHold): Promise<Pipe> {
    assertLasting(entry);
    const { producerId, kind, home } = entry;
    const carried = await home.makeConsumer(kind, () => hold.link.carry(producerId, home.id));
    if (entry.ended !== undefined) carried.close(entry.ended);
    assertLasting(entry);
    const pipe = new Pipe(carried, this.#times);
    Object.assign(entry, { pipe, hold });
    pipe.once('expired', () => this.#end(entry, 'unused'));
    return pipe;
  }

  #lose(kept: readonly Kept<T>[], ids: LinkedIds, cause: PipeEndCause): void {
    for (const { entry } of kept) {
      if (!isOn(entry, ids)) continue;
      // First its consumers end, so that nothing of what follows concerns them.
      this.emit('lost', entry.producerId, entry.target);
      this.#end(entry, cause);
    }
  }

  #end(entry: Entry<T>, cause: PipeEndCause): void {
    if (entry.ended !== undefined) return;
    entry.ended = cause;
    entry.pipe?.close(cause);
    entry.hold?.release();
    this.#forget(entry);
  }

  #forget(entry: Entry<T>): void {
    const { producerId, target } = entry;
    const ofProducer = this.#kept.get(producerId);
    if (ofProducer?.get(target.id)?.entry !== entry) return;
    ofProducer.delete(target.id);
    if (ofProducer.size > 0) return;
    this.#kept.delete(producerId);
    this.emit('uncarried', producerId);
  }
}

function isOn<T extends { readonly id: string }>({ home, target }: Entry<T>, ids: LinkedIds): boolean {
  return ids.includes(home.id) && ids.includes(target.id);
}

/** Throws the code of what ended it. */
function assertLasting({ ended }: { ended: PipeEndCause | undefined }): void {
  if (ended !== undefined) throw new ParleyError(CODES[ended]);
}
