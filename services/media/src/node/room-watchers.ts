import { EventEmitter } from 'node:events';
import { ParleyError } from '@parley/proto/errors';
import type { RoomEventMessage } from '../room/room-events.ts';

/**
 * The writing end of one Watch stream, which `GrpcServerStream` of @parley/common implements: its buffer is bounded,
 * and the stream fails when its reader is too slow. Writing after the end does nothing.
 */
export interface WatchStream {
  readonly closed: boolean;
  write(event: RoomEventMessage): void;
  fail(error: ParleyError): void;
  once(event: 'closed', listener: () => void): unknown;
}

type RoomWatchersEvents = { emptied: [] };

/** The Watch streams of one room, whether the room is open or not. */
export class RoomWatchers extends EventEmitter<RoomWatchersEvents> {
  readonly #streams = new Set<WatchStream>();
  #closed = false;

  get size(): number {
    return this.#streams.size;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.removeAllListeners();
    for (const stream of this.#streams)
      stream.fail(new ParleyError('unavailable', 'The media node is stopping.'));
    this.#streams.clear();
  }

  /** Writes the snapshot first, and every later event after it. */
  add(stream: WatchStream, snapshot: readonly RoomEventMessage[]): void {
    if (this.#closed) throw new ParleyError('closed');
    this.#streams.add(stream);
    stream.once('closed', () => this.#remove(stream));
    for (const event of snapshot) stream.write(event);
  }

  write(event: RoomEventMessage): void {
    for (const stream of this.#streams) stream.write(event);
  }

  #remove(stream: WatchStream): void {
    if (this.#streams.delete(stream) && this.#streams.size === 0) this.emit('emptied');
  }
}
