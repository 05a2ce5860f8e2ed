import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto';
import type { LiveRoomStore, PeerRef } from '../store/live-room-store.ts';
import { socketLost } from '../peer/peer-changes.ts';

type OrphansOptions = {
  store: LiveRoomStore;
  intervalMs: number;
  graceMs: number;
  /** Whether the session is on a socket of this instance. */
  isConnected: (ref: PeerRef) => boolean;
  logger: Logger;
};

/**
 * Finds the peers that the store takes for connected although no socket holds them: their instance died, or this one
 * could not say that it lost them. They may come back for as long as anybody who lost their socket.
 */
export class Orphans {
  readonly #options: OrphansOptions;
  readonly #timer: NodeJS.Timeout;
  #looking = false;

  constructor(options: OrphansOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(), options.intervalMs).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    const { store, isConnected, logger } = this.#options;
    try {
      const orphaned = await store.listOrphaned();
      if (orphaned.length > 0) logger.warn({ peers: orphaned.length }, 'peers of a dead instance found');
      const forgotten = (await store.listHeld()).filter((ref) => !isConnected(ref));
      await Promise.all([...orphaned, ...forgotten].map((ref) => this.#lose(ref)));
    } catch (error) {
      logger.warn({ err: error }, 'orphaned peers not found');
    } finally {
      this.#looking = false;
    }
  }

  async #lose({ code, peerId, sessionId }: PeerRef): Promise<void> {
    const { store, graceMs } = this.#options;
    try {
      await store.changePeer(code, peerId, { sessionId }, socketLost(graceMs));
    } catch (error) {
      const cameBackOrLeft =
        error instanceof ParleyError && (error.code === 'closed' || error.code === 'peer_not_found');
      if (!cameBackOrLeft) throw error;
    }
  }
}
