import type { Logger } from '@parley/common/logging';
import type { RemoteNodes } from '../../nodes/remote-nodes.ts';
import type { PeerSession } from '../../peer/peer-session.ts';
import type { LiveRoomStore } from '../../store/live-room-store.ts';
import type { LocalRoom } from '../local-room.ts';
import { dueToMove, type Move } from './moves.ts';

const LOOK_INTERVAL_MS = 200;
/** A node has its limits for opening peers, and all instances move their peers in the same seconds. */
const PEERS_PER_LOOK = 10;

type EvacuationOptions = {
  store: LiveRoomStore;
  nodes: RemoteNodes;
  /** The rooms with somebody on this instance. */
  rooms: () => readonly LocalRoom[];
  logger: Logger;
};

/**
 * Moves peers off media nodes that are about to stop, a few of each room at a time, while the node still carries those that wait for their turn.
 * While no other node has space for a room, its people stay until the node ends.
 */
export class Evacuation {
  readonly #options: EvacuationOptions;
  readonly #timer: NodeJS.Timeout;
  /** Of each room, those that are on their way. */
  readonly #moves = new WeakMap<LocalRoom, readonly Move[]>();

  constructor(options: EvacuationOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#look(), LOOK_INTERVAL_MS).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const { store, nodes, rooms } = this.#options;
    // Without the store nobody could open media elsewhere, and the former media has its time.
    if (!nodes.anyDraining || !store.available) return;
    let free = PEERS_PER_LOOK;
    for (const room of rooms()) {
      if (free === 0) return;
      free -= this.#moveSome(room, free);
    }
  }

  /** Returns how many peers begin to move. */
  #moveSome(room: LocalRoom, free: number): number {
    const { nodes, logger } = this.#options;
    // Somebody without a socket would not know of it. They find their media as it was, and move then.
    const leaving = room.sessions.filter(
      ({ connected, mediaNodeId }) => connected && this.#isDraining(mediaNodeId),
    );
    if (leaving.length === 0 || !nodes.hasSpaceFor(room.nodeIds)) return 0;
    const under = this.#moves.get(room) ?? [];
    const { due, moves } = dueToMove(leaving, under, room.sessions.length, performance.now());
    const begun = due.slice(0, free);
    this.#moves.set(room, [...moves, ...begun.map(begin)]);
    for (const session of begun) room.move(session);
    if (begun.length > 0)
      logger.info({ roomCode: room.code, peers: begun.length }, 'peers leave a draining node');
    return begun.length;
  }

  #isDraining(nodeId: string | undefined): boolean {
    const load = nodeId === undefined ? undefined : this.#options.nodes.find(nodeId)?.load;
    return load?.draining === true && load.reachable;
  }
}

function begin(session: PeerSession): Move {
  return { session, epoch: session.mediaEpoch, since: performance.now() };
}
