import type { Logger } from '@parley/common/logging';
import type { RoomCode } from '@parley/proto/ids';
import type { RoomRepository } from '../database/room-repository.ts';
import type { CallEnd } from './call-end.ts';

type RoomRemovalOptions = { rooms: RoomRepository; callEnd: CallEnd; logger: Logger };

/** Deletes rooms with everything that belongs to them, and ends the calls that run in them. */
export class RoomRemoval {
  readonly #options: RoomRemovalOptions;

  constructor(options: RoomRemovalOptions) {
    this.#options = options;
  }

  /** Resolves with false if there was no such room. */
  async remove(code: RoomCode): Promise<boolean> {
    const { rooms, callEnd, logger } = this.#options;
    // First the stored room: nobody can come in any more once the live one is gone too.
    const removed = await rooms.remove(code);
    await callEnd.end(code, 'call-ended');
    if (removed) logger.info({ roomCode: code }, 'room deleted');
    return removed;
  }
}
