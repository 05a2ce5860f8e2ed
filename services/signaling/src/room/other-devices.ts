import type { PeerRecord } from '@parley/proto/room';
import type { PeerSession } from '../peer/peer-session.ts';
import type { LivePeer } from '../store/live-room-store.ts';
import type { Parts } from './parts.ts';

/** The peers that one person has in a room with other devices or tabs. */
export class OtherDevices {
  readonly #parts: Pick<Parts, 'store' | 'exit'>;

  constructor(parts: Pick<Parts, 'store' | 'exit'>) {
    this.#parts = parts;
  }

  /**
   * Ends every other peer of the same person that came before this one, on whichever instance it is: of two devices that do this at
   * once, one stays. `microphoneOn`: whether one of them was heard when it ended.
   */
  async end({ code, peer }: PeerSession): Promise<{ moved: number; microphoneOn: boolean }> {
    const { store, exit } = this.#parts;
    const live = await store.find(code);
    const others = (live?.peers ?? []).filter(
      ({ identity, record }) => identity === peer.identity && isEarlier(record, peer.record),
    );
    const ended = await Promise.all(others.map(({ record }) => exit.expel(code, record.peerId, 'moved')));
    const moved = ended.filter((one) => one !== undefined);
    return { moved: moved.length, microphoneOn: moved.some(isHeard) };
  }
}

function isEarlier(a: PeerRecord, b: PeerRecord): boolean {
  return a.joinedAt === b.joinedAt ? a.peerId < b.peerId : a.joinedAt < b.joinedAt;
}

function isHeard({ record }: LivePeer): boolean {
  return record.producers.some(({ source, paused }) => source === 'microphone' && !paused);
}
