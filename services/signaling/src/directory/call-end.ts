import type { RoomCode } from '@parley/proto/ids';
import type { PeerExit } from '../peer/peer-exit.ts';
import type { LeaveReason, LiveRoomStore } from '../store/live-room-store.ts';

/** Somebody may come in while the others are removed. */
const ROUNDS_MAX = 5;

type CallEndOptions = { store: LiveRoomStore; exit: PeerExit };

/** Ends the calls that run in rooms, on whichever instances their people are. */
export class CallEnd {
  readonly #options: CallEndOptions;

  constructor(options: CallEndOptions) {
    this.#options = options;
  }

  /** Removes everybody who is in the room. Resolves with whether anybody was. */
  async end(code: RoomCode, reason: LeaveReason): Promise<boolean> {
    const { store, exit } = this.#options;
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const live = await store.find(code);
      if (live === undefined) return round > 0;
      const refs = live.peers.map(({ record, sessionId }) => ({ code, peerId: record.peerId, sessionId }));
      await Promise.all(refs.map((ref) => exit.leave(ref, reason)));
    }
    return true;
  }
}
