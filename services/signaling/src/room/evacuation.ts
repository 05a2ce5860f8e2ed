import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import type { RemoteNodes } from '../nodes/remote-nodes.ts';
import type { LiveRoomStore } from '../store/live-room-store.ts';
import type { LocalRoom } from './local-room.ts';

const LOOK_INTERVAL_MS = 500;
/** A node has its limits for opening peers, and all instances move their rooms in the same seconds. */
const PEERS_PER_SECOND = 50;

type EvacuationOptions = {
  store: LiveRoomStore;
  nodes: RemoteNodes;
  /** The rooms with somebody on this instance. */
  rooms: () => readonly LocalRoom[];
  logger: Logger;
};

/**
 * Moves the calls off a media node that is about to stop, one room after the other, while the node still carries those that wait for their
 * turn. A room that no other node takes stays until the node ends.
 */
export class Evacuation {
  readonly #options: EvacuationOptions;
  readonly #timer: NodeJS.Timeout;
  #moving = false;
  #closed = false;

  constructor(options: EvacuationOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), LOOK_INTERVAL_MS).unref();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#moving) return;
    this.#moving = true;
    try {
      for (const room of this.#options.rooms()) {
        if (this.#closed) break;
        const nodeId = this.#drainingNodeOf(room);
        if (nodeId === undefined || !(await this.#move(room, nodeId))) continue;
        await pause((room.sessions.length / PEERS_PER_SECOND) * 1_000, undefined, { ref: false });
      }
    } finally {
      this.#moving = false;
    }
  }

  #drainingNodeOf({ watchedNodeId }: LocalRoom): string | undefined {
    const isDraining = watchedNodeId !== undefined && this.#options.nodes.find(watchedNodeId)?.load.draining;
    return isDraining ? watchedNodeId : undefined;
  }

  /** Resolves with false if the room stays for now. Never rejects. */
  async #move(room: LocalRoom, from: string): Promise<boolean> {
    const { store, nodes, logger } = this.#options;
    try {
      const { id } = await nodes.place(from);
      const placed = await store.moveRoom(room.code, from, id);
      // Another instance may have moved it somewhere else.
      room.watch(nodes.get(placed ?? id));
      logger.info({ roomCode: room.code, from, to: placed ?? id }, 'room moved off a draining node');
      return true;
    } catch (error) {
      if (!(error instanceof ParleyError)) logger.error({ err: error }, 'room not moved off a draining node');
      return false;
    }
  }
}
