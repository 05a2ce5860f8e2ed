import type { Logger } from '@parley/common/logging';
import type { RoomCode } from '@parley/proto';
import type { RoomRepository } from '../database/room-repository.ts';
import type { PeerExit } from '../peer/peer-exit.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';

/** Somebody may come in while the others are removed, but not once the room is neither stored nor live. */
const ROUNDS_MAX = 5;

type RoomRemovalOptions = { rooms: RoomRepository; store: LiveRoomStore; exit: PeerExit; logger: Logger };

/** Deletes rooms with everything that belongs to them, and ends the calls that run in them. */
export class RoomRemoval {
  readonly #options: RoomRemovalOptions;

  constructor(options: RoomRemovalOptions) {
    this.#options = options;
  }

  /** Resolves with false if there was no such room. */
  async remove(code: RoomCode): Promise<boolean> {
    const removed = await this.#options.rooms.remove(code);
    await this.#endCall(code);
    if (removed) this.#options.logger.info({ roomCode: code }, 'room deleted');
    return removed;
  }

  async #endCall(code: RoomCode): Promise<void> {
    const { store, exit } = this.#options;
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const live = await store.find(code);
      if (live === undefined) return;
      const refs = live.peers.map(({ record, sessionId }) => ({ code, peerId: record.peerId, sessionId }));
      await Promise.all(refs.map((ref) => exit.leave(ref, 'call-ended')));
    }
  }
}
