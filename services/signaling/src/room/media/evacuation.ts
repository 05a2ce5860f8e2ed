import type { Logger } from '@parley/common/logging';
import type { RemoteNodes } from '../../nodes/remote-nodes.ts';
import type { LiveRoomStore } from '../../store/live-room-store.ts';
import type { LocalRoom } from '../local-room.ts';
import { MoveQueue, type Turn } from './move-queue.ts';

const LOOK_INTERVAL_MS = 200;
/** A node has its limits for opening peers, and all instances move their peers in the same seconds. */
const PEERS_PER_LOOK = 10;

type EvacuationOptions = {
  store: LiveRoomStore;
  nodes: RemoteNodes;
  /** The rooms with somebody on this instance. */
  rooms: () => readonly LocalRoom[];
  /** The time in which a node stops. */
  drainMs: number;
  logger: Logger;
};

/**
 * Moves peers off media nodes that are about to stop, one after the other in each room, while the node still carries those that wait for their turn.
 * While no other node has space for a room, its people stay until the node ends.
 */
export class Evacuation {
  readonly #options: EvacuationOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #queues = new WeakMap<LocalRoom, MoveQueue>();
  /** The turns in which a peer of this instance began to move. */
  readonly #begun = new WeakSet<Turn>();

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
    const { nodes, drainMs, logger } = this.#options;
    const waiting = room.peersOn((nodeId) => this.#isDraining(nodeId));
    if (waiting.length === 0 && !this.#queues.has(room)) return 0;
    const queue = this.#queues.get(room) ?? new MoveQueue(drainMs);
    this.#queues.set(room, queue);
    if (!nodes.hasSpaceFor(room.nodeIds)) return 0;
    const opening = room.peersOn((nodeId) => nodeId === null);
    const turns = queue.turnsAt(waiting, opening, room.size, performance.now());
    const due = turns.filter((turn) => !this.#begun.has(turn));
    let begun = 0;
    for (const turn of due) {
      const session = room.here.sessions.find(({ peerId }) => peerId === turn.peerId);
      // Somebody without a socket would not know of it. They find their media as it was, and move then.
      if (session?.connected !== true || begun === free || !this.#isDraining(session.mediaNodeId)) continue;
      this.#begun.add(turn);
      room.media.move(session);
      begun += 1;
    }
    if (begun > 0) logger.info({ roomCode: room.code, peers: begun }, 'peers leave a draining node');
    return begun;
  }

  #isDraining(nodeId: string | null | undefined): boolean {
    const load = typeof nodeId === 'string' ? this.#options.nodes.find(nodeId)?.load : undefined;
    return load?.draining === true && load.reachable;
  }
}
