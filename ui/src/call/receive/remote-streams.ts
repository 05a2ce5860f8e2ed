import type { ConsumerId, ProducerId } from '@parley/proto/ids';
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
    return Array.from(this).filter((stream) => this.#firstOf(stream) === stream);
  }

  /** What is shown of this source: the stream itself, or the one whose place it is to take. */
  shownOf(producerId: ProducerId): RemoteStream | undefined {
    const stream = this.#streams.get(producerId);
    return stream && this.#firstOf(stream);
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

  /** Gives all away without closing them: they are closed with their transport. */
  handOver(): RemoteStream[] {
    const streams = Array.from(this);
    this.#streams.clear();
    return streams;
  }

  #isHeldBack({ source, producerId }: RemoteStream): boolean {
    return source === 'microphone' && this.#forwarded?.has(producerId) === false;
  }

  /** The oldest stream of the same source: the others are to take its place. */
  #firstOf({ peerId, source }: RemoteStream): RemoteStream | undefined {
    for (const stream of this) if (stream.peerId === peerId && stream.source === source) return stream;
    return undefined;
  }
}
