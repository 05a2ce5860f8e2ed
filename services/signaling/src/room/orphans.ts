import { OutageLog, type Logger } from '@parley/common/logging';
import type { LiveRoomStore, PeerRef } from '../store/live-room-store.ts';
import { isPeerGone } from '../store/peer-rules.ts';
import { socketLost } from '../peer/peer-changes.ts';

type OrphansOptions = {
  store: LiveRoomStore;
  intervalMs: number;
  resumeGraceMs: number;
  /** Whether this instance has the socket of the session. */
  serves: (ref: PeerRef) => boolean;
  logger: Logger;
};

/**
 * Finds the peers that the store has as connected although they have no socket: their instance died, or this instance
 * could not store that the socket was lost. From then on they have the usual grace to resume.
 */
export class Orphans {
  readonly #options: OrphansOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #outage: OutageLog;
  #looking = false;

  constructor(options: OrphansOptions) {
    this.#options = options;
    this.#outage = new OutageLog({ message: 'orphaned peers not found', logger: options.logger });
    this.#timer = setInterval(() => void this.#look(), options.intervalMs).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    const { store, serves, logger } = this.#options;
    try {
      const orphaned = await store.listOrphaned();
      if (orphaned.length > 0) logger.warn({ peers: orphaned.length }, 'peers of a dead instance found');
      const unserved = (await store.listHeld()).filter((ref) => !serves(ref));
      await Promise.all([...orphaned, ...unserved].map((ref) => this.#lose(ref)));
      this.#outage.worked();
    } catch (error) {
      this.#outage.failed(error);
    } finally {
      this.#looking = false;
    }
  }

  async #lose({ code, peerId, sessionId }: PeerRef): Promise<void> {
    const { store, resumeGraceMs } = this.#options;
    try {
      await store.changePeer(code, peerId, { sessionId }, socketLost(store.now() + resumeGraceMs));
    } catch (error) {
      if (!isPeerGone(error)) throw error;
    }
  }
}
