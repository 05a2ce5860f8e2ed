import { ParleyError } from '@parley/proto/errors';
import type { RoomCode } from '@parley/proto/ids';
import { LocalRoom } from './local-room.ts';
import type { Parts } from './parts.ts';

/** The rooms with a session or an arrival on this instance. */
export class LocalRooms {
  readonly #parts: Parts;
  readonly #rooms = new Map<RoomCode, LocalRoom>();
  #accepting = true;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get all(): readonly LocalRoom[] {
    return [...this.#rooms.values()];
  }

  /** From now on `open` throws `unavailable`. */
  stopAccepting(): void {
    this.#accepting = false;
  }

  close(): void {
    for (const room of this.#rooms.values()) room.close();
    this.#rooms.clear();
  }

  find(code: RoomCode): LocalRoom | undefined {
    return this.#rooms.get(code);
  }

  /** The caller adds an arrival before it awaits anything, because a room closes with its last session and arrival. */
  open(code: RoomCode): LocalRoom {
    if (!this.#accepting) throw new ParleyError('unavailable');
    const open = this.#rooms.get(code);
    if (open !== undefined) return open;
    const room = new LocalRoom(this.#parts, code, this.#parts.logger.child({ roomCode: code }));
    this.#rooms.set(code, room);
    this.#handleRoom(room);
    return room;
  }

  #handleRoom(room: LocalRoom): void {
    room.here.once('emptied', () => {
      this.#rooms.delete(room.code);
      room.close();
    });
  }
}
