import type { Logger } from '@parley/common/logging';
import { ParleyError, type RoomCode } from '@parley/proto';
import type { RoomRepository, RoomRow } from '../database/room-repository.ts';
import type { LiveRoomStore, RoomChange } from '../store/live-room-store.ts';

type RoomKeeperOptions = { rooms: RoomRepository; store: LiveRoomStore; logger: Logger };

/** Brings what is stored of a room and its live room together. */
export class RoomKeeper {
  readonly #options: RoomKeeperOptions;

  constructor(options: RoomKeeperOptions) {
    this.#options = options;
  }

  /** What a live room is made of. Rejects with `room_not_found`. */
  async read(code: RoomCode): Promise<RoomChange> {
    const row = await this.#options.rooms.find(code);
    if (row === undefined) throw new ParleyError('room_not_found');
    return toRoomChange(row);
  }

  /**
   * For a live room that was just made or put back: somebody may have changed the stored room since it was read. Never
   * rejects; the next change brings what is missed here.
   */
  async refresh(code: RoomCode): Promise<void> {
    try {
      await this.#options.store.changeSettings(code, await this.read(code));
    } catch (error) {
      this.#options.logger.warn({ err: error, roomCode: code }, 'live room not brought up to date');
    }
  }
}

function toRoomChange(row: RoomRow): RoomChange {
  const { code, title, createdAt, settings, owner, passcodeHash, revision } = row;
  return {
    record: { code, version: revision, title, createdAt, settings },
    access: { owner, passcodeHash, bans: [] },
  };
}
