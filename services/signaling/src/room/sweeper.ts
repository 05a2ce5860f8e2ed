import { OutageLog, type Logger } from '@parley/common/logging';
import type { LiveRoomStore, PeerRef } from '../store/live-room-store.ts';

const INTERVAL_MIN_MS = 50;
const INTERVAL_MAX_MS = 1_000;

type SweeperOptions = {
  store: LiveRoomStore;
  resumeGraceMs: number;
  /** Called for each peer whose grace is over. */
  timeOut: (ref: PeerRef) => Promise<unknown>;
  logger: Logger;
};

/** Finds the peers that did not resume in time, whichever instance they were on. */
export class Sweeper {
  readonly #options: SweeperOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #outage: OutageLog;
  #sweeping = false;

  constructor(options: SweeperOptions) {
    this.#options = options;
    this.#outage = new OutageLog({ message: 'expired peers not removed', logger: options.logger });
    const intervalMs = Math.min(INTERVAL_MAX_MS, Math.max(INTERVAL_MIN_MS, options.resumeGraceMs / 10));
    this.#timer = setInterval(() => void this.#sweep(), intervalMs).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #sweep(): Promise<void> {
    if (this.#sweeping) return;
    this.#sweeping = true;
    try {
      const { store } = this.#options;
      const expired = await store.listExpired(store.now());
      await Promise.all(expired.map((ref) => this.#options.timeOut(ref)));
      this.#outage.worked();
    } catch (error) {
      this.#outage.failed(error);
    } finally {
      this.#sweeping = false;
    }
  }
}
