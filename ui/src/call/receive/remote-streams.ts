import type { ConsumerId, PeerId, ProducerId } from '@parley/proto/ids';
import type { Source } from '@parley/proto/rtp';
import { EarlyNotifications, type StreamFacts } from './early-notifications.ts';
import type { RemoteStream } from './remote-stream.ts';

/** What this page receives, by producer. A stream that is removed is closed. `onChanged` is called after each change. */
export class RemoteStreams implements Iterable<RemoteStream> {
  readonly #onChanged: () => void;
  readonly #streams = new Map<ProducerId, RemoteStream>();
  readonly #early = new EarlyNotifications();
  #forwarded: ReadonlySet<ProducerId> | null = null;

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  [Symbol.iterator](): Iterator<RemoteStream> {
    return this.#streams.values();
  }

  get byProducer(): ReadonlyMap<ProducerId, RemoteStream> {
    return this.#streams;
  }

  get isEmpty(): boolean {
    return this.#streams.size === 0;
  }

  /** Without those that are to take the place of another stream, and have brought nothing yet. */
  get shown(): RemoteStream[] {
    return Array.from(this).filter((stream) => this.shownOf(stream.peerId, stream.source) === stream);
  }

  /**
   * What is shown of this source: the stream before, until the one that is to take its place has brought something. A person who moves has a
   * new producer before this page has a stream of it.
   */
  shownOf(peerId: PeerId, source: Source): RemoteStream | undefined {
    const all = Array.from(this).filter((stream) => stream.peerId === peerId && stream.source === source);
    return all.findLast(({ begunAt }) => begunAt !== null) ?? all[0];
  }

  /** Notes which streams have brought something by now. */
  noteBegun(hasBegun: (stream: RemoteStream) => boolean, now: number): void {
    const begun = Array.from(this).filter((stream) => stream.begunAt === null && hasBegun(stream));
    for (const stream of begun) stream.begunAt = now;
    if (begun.length > 0) this.#onChanged();
  }

  find(producerId: ProducerId): RemoteStream | undefined {
    return this.#streams.get(producerId);
  }

  of(consumerIds: readonly ConsumerId[]): RemoteStream[] {
    if (consumerIds.length === 0) return [];
    const wanted = new Set(consumerIds);
    return Array.from(this).filter((stream) => wanted.has(stream.consumerId));
  }

  /** The microphones that the room forwards; null: all of them. */
  get forwarded(): ReadonlySet<ProducerId> | null {
    return this.#forwarded;
  }

  setForwarded(producerIds: readonly ProducerId[] | null): void {
    this.#forwarded = producerIds === null ? null : new Set(producerIds);
    for (const stream of this) {
      const heldBack = this.#isHeldBack(stream);
      if (stream.heldBack && !heldBack) stream.runs += 1;
      stream.heldBack = heldBack;
    }
  }

  add(stream: RemoteStream): void {
    stream.heldBack = this.#isHeldBack(stream);
    Object.assign(stream, this.#early.take(stream.consumerId));
    this.#streams.set(stream.producerId, stream);
  }

  /** A consumer that is not set up yet gets them with its stream. */
  applyFacts(consumerId: ConsumerId, facts: StreamFacts): void {
    const [stream] = this.of([consumerId]);
    if (stream === undefined) this.#early.note(consumerId, facts);
    else Object.assign(stream, facts);
    this.#onChanged();
  }

  setPaused(consumerIds: readonly ConsumerId[], paused: boolean): void {
    if (consumerIds.length === 0) return;
    for (const stream of this.of(consumerIds)) {
      if (stream.paused && !paused) stream.runs += 1;
      stream.paused = paused;
    }
    this.#onChanged();
  }

  /** The server has closed a consumer. Returns its producer; undefined if the consumer is not set up, and then it never will be. */
  closed(consumerId: ConsumerId): ProducerId | undefined {
    const [stream] = this.of([consumerId]);
    if (stream === undefined) this.#early.noteClosed(consumerId);
    else this.remove([stream]);
    return stream?.producerId;
  }

  /** Whether the server has closed the consumer before it was set up. */
  wasClosed(consumerId: ConsumerId): boolean {
    return this.#early.wasClosed(consumerId);
  }

  remove(streams: readonly RemoteStream[]): void {
    for (const stream of streams) {
      this.#streams.delete(stream.producerId);
      stream.consumer.close();
    }
    this.#onChanged();
  }

  /** Removes all, and what is known of consumers that are not set up. */
  clear(): void {
    this.remove(Array.from(this));
    this.#early.clear();
  }

  /** Gives what is shown away without closing it: it is closed with its transport. Closes the rest. */
  handOver(): RemoteStream[] {
    const { shown } = this;
    for (const stream of this) if (!shown.includes(stream)) stream.consumer.close();
    this.#streams.clear();
    return shown;
  }

  #isHeldBack({ source, producerId }: RemoteStream): boolean {
    return source === 'microphone' && this.#forwarded?.has(producerId) === false;
  }
}
