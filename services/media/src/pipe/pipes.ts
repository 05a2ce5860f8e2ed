import { ParleyError, type ErrorCode } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { MediaKind } from '@parley/proto/rtp';
import type { ConsumerSupply } from '../router/peer-consumer.ts';
import type { PipeEndCause } from '../router/piped-producer.ts';
import { PipeLinks, type LinkableRouter, type PipeLink } from './pipe-links.ts';
import { Pipe, type PipeTimes } from './pipe.ts';

/** A router of a room, as its pipes need it. */
export interface PipeRouter<Self> extends LinkableRouter<Self> {
  /** A pipe costs the worker at home as much as a consumer. Runs `make`, or throws `at_capacity`. */
  makeConsumer<T>(kind: MediaKind, make: () => Promise<T>): Promise<T>;
}

/** What a pipe carries. */
export type PipedStream = { producerId: ProducerId; kind: MediaKind };

/** A pipe, or one that is being made. */
type Entry<R> = {
  readonly producerId: ProducerId;
  readonly kind: MediaKind;
  readonly home: R;
  readonly target: R;
  pipe: Pipe | undefined;
  ended: PipeEndCause | undefined;
};

type Kept<R> = { entry: Entry<R>; made: Promise<Pipe> };

const CODES: Readonly<Record<PipeEndCause, ErrorCode>> = {
  unused: 'closed',
  'producer-closed': 'producer_not_found',
  'link-closed': 'media_unavailable',
};

/** The pipes of a room: one for each producer and each other router that consumes it, made when the first consumer there needs it. */
export class Pipes<R extends PipeRouter<R>> {
  readonly #times: PipeTimes;
  readonly #links = new PipeLinks<R>();
  readonly #kept = new Map<ProducerId, Map<string, Kept<R>>>();
  #closed = false;

  constructor(times: PipeTimes) {
    this.#times = times;
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
  }

  /**
   * Makes the producer available on another router than its own. Callers that ask at the same time share one pipe. Throws `at_capacity`,
   * `producer_not_found` or `media_unavailable`.
   */
  async reach(piped: PipedStream, home: R, target: R): Promise<ConsumerSupply> {
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
  routerClosed({ id }: R): void {
    this.#links.routerClosed(id);
    for (const { entry } of this.#all)
      if (entry.home.id === id || entry.target.id === id) this.#end(entry, 'link-closed');
  }

  get #all(): Kept<R>[] {
    return [...this.#kept.values()].flatMap((kept) => [...kept.values()]);
  }

  #begin({ producerId, kind }: PipedStream, home: R, target: R): Kept<R> {
    const entry: Entry<R> = { producerId, kind, home, target, pipe: undefined, ended: undefined };
    const kept = { entry, made: this.#make(entry) };
    const ofProducer = this.#kept.get(producerId) ?? new Map<string, Kept<R>>();
    this.#kept.set(producerId, ofProducer.set(target.id, kept));
    return kept;
  }

  async #make(entry: Entry<R>): Promise<Pipe> {
    const { home, target } = entry;
    try {
      const link = await this.#links.hold(home, target);
      try {
        return await this.#carry(entry, link);
      } catch (error) {
        this.#links.release(home, target);
        throw error;
      }
    } catch (error) {
      this.#forget(entry);
      throw error;
    }
  }

  async #carry(entry: Entry<R>, link: PipeLink): Promise<Pipe> {
    assertLasting(entry);
    const { producerId, kind, home } = entry;
    const carried = await home.makeConsumer(kind, () => link.carry(producerId, home.id));
    if (entry.ended !== undefined) carried.close(entry.ended);
    assertLasting(entry);
    const pipe = new Pipe(carried, this.#times);
    entry.pipe = pipe;
    pipe.once('expired', () => this.#end(entry, 'unused'));
    return pipe;
  }

  #end(entry: Entry<R>, cause: PipeEndCause): void {
    if (entry.ended !== undefined) return;
    entry.ended = cause;
    this.#forget(entry);
    if (entry.pipe === undefined) return;
    entry.pipe.close(cause);
    this.#links.release(entry.home, entry.target);
  }

  #forget(entry: Entry<R>): void {
    const { producerId, target } = entry;
    const ofProducer = this.#kept.get(producerId);
    if (ofProducer?.get(target.id)?.entry === entry) ofProducer.delete(target.id);
    if (ofProducer?.size === 0) this.#kept.delete(producerId);
  }
}

/** Throws the code of what ended it. */
function assertLasting({ ended }: { ended: PipeEndCause | undefined }): void {
  if (ended !== undefined) throw new ParleyError(CODES[ended]);
}
