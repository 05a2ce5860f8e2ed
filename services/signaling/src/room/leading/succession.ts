import { OutageLog } from '@parley/common/logging';
import type { PeerId, RoomCode } from '@parley/proto/ids';
import type { Act } from '@parley/proto/room';
import type { Parts } from '../parts.ts';
import { successorOf } from './successor.ts';

const INTERVAL_MIN_MS = 50;
const INTERVAL_MAX_MS = 1_000;

type SuccessionOptions = {
  parts: Pick<Parts, 'store' | 'acts' | 'logger'> & { settings: Pick<Parts['settings'], 'leaderGraceMs'> };
  /** Rooms of this instance that nobody seems to lead. */
  leaderless: () => readonly RoomCode[];
};

/**
 * Gives a call a host some time after the last one has left. Every instance with a peer in the room looks; the store lets one of
 * them do it. An instance reads a room only when its time may have come, because most calls have no host for long.
 */
export class Succession {
  readonly #options: SuccessionOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #outage: OutageLog;
  /** When each room without a host is read. Milliseconds of `performance.now()`. */
  readonly #dueAt = new Map<RoomCode, number>();
  #looking = false;

  constructor(options: SuccessionOptions) {
    this.#options = options;
    const { logger } = options.parts;
    this.#outage = new OutageLog({ message: 'calls without a host not looked at', logger });
    const intervalMs = options.parts.settings.leaderGraceMs / 10;
    this.#timer = setInterval(
      () => void this.#look(),
      Math.min(INTERVAL_MAX_MS, Math.max(INTERVAL_MIN_MS, intervalMs)),
    ).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    const { leaderless } = this.#options;
    try {
      for (const code of this.#due(leaderless())) {
        const waitMs = await this.#lookAt(code);
        this.#dueAt.set(code, performance.now() + waitMs);
      }
      this.#outage.worked();
    } catch (error) {
      this.#outage.failed(error);
    } finally {
      this.#looking = false;
    }
  }

  /** The rooms whose time has come. Others have it once they had no host for a while, as this instance sees it. */
  #due(leaderless: readonly RoomCode[]): RoomCode[] {
    const { leaderGraceMs } = this.#options.parts.settings;
    const now = performance.now();
    const current = new Set(leaderless);
    for (const code of this.#dueAt.keys()) if (!current.has(code)) this.#dueAt.delete(code);
    for (const code of leaderless) if (!this.#dueAt.has(code)) this.#dueAt.set(code, now + leaderGraceMs);
    return leaderless.filter((code) => (this.#dueAt.get(code) ?? 0) <= now);
  }

  /** Resolves with the time until the room is read again. */
  async #lookAt(code: RoomCode): Promise<number> {
    const { store, settings } = this.#options.parts;
    const live = await store.find(code);
    const successor = live && successorOf(live);
    const leftAt = live?.leaderLeftAt ?? null;
    if (successor === undefined || leftAt === null) return settings.leaderGraceMs;
    const missingMs = leftAt + settings.leaderGraceMs - store.now();
    if (missingMs > 0) return missingMs;
    await this.#promote(code, successor.record.peerId, leftAt);
    return settings.leaderGraceMs;
  }

  async #promote(code: RoomCode, peerId: PeerId, leftAt: number): Promise<void> {
    const { store, acts, logger } = this.#options.parts;
    const promoted = await store.promote(code, peerId, leftAt);
    if (promoted === undefined) return;
    const { record, identity } = promoted;
    const to = { peerId: record.peerId, name: record.displayName, identity };
    const doneAt = store.now();
    acts.add({ code, kind: 'role-changed', by: null, to, detail: 'host', doneAt });
    logger.info({ roomCode: code, peerId: record.peerId }, 'host succeeded');
    const act: Act = { kind: 'role-changed', byPeerId: null, byName: null, at: doneAt, role: 'host' };
    await store.publish(code, { type: 'act-done', toPeerId: record.peerId, act });
  }
}
