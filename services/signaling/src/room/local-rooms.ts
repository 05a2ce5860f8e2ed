import type { RoomCode } from '@parley/proto';
import { LocalRoom, type LocalRoomOptions } from './local-room.ts';

/** The rooms that somebody on this instance is in. */
export class LocalRooms {
  readonly #options: Omit<LocalRoomOptions, 'code'>;
  readonly #rooms = new Map<RoomCode, LocalRoom>();

  constructor(options: Omit<LocalRoomOptions, 'code'>) {
    this.#options = options;
  }

  get all(): readonly LocalRoom[] {
    return [...this.#rooms.values()];
  }

  close(): void {
    for (const room of this.#rooms.values()) room.close();
    this.#rooms.clear();
  }

  find(code: RoomCode): LocalRoom | undefined {
    return this.#rooms.get(code);
  }

  /** Add a session before anything is awaited: a room without one is closed when its last one goes. */
  open(code: RoomCode): LocalRoom {
    const open = this.#rooms.get(code);
    if (open !== undefined) return open;
    const logger = this.#options.logger.child({ roomCode: code });
    const room = new LocalRoom({ ...this.#options, code, logger });
    this.#rooms.set(code, room);
    this.#handleRoom(room);
    return room;
  }

  #handleRoom(room: LocalRoom): void {
    room.once('emptied', () => {
      this.#rooms.delete(room.code);
      room.close();
    });
  }
}
