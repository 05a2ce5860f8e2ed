import type { Act, RoomCode } from '@parley/proto';
import type { Parts } from './parts.ts';
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
 * them do it.
 */
export class Succession {
  readonly #options: SuccessionOptions;
  readonly #timer: NodeJS.Timeout;
  #looking = false;

  constructor(options: SuccessionOptions) {
    this.#options = options;
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
    const { parts, leaderless } = this.#options;
    try {
      for (const code of leaderless()) await this.#lookAt(code);
    } catch (error) {
      parts.logger.warn({ err: error }, 'calls without a host not looked at');
    } finally {
      this.#looking = false;
    }
  }

  async #lookAt(code: RoomCode): Promise<void> {
    const { store, acts, settings, logger } = this.#options.parts;
    const live = await store.find(code);
    const successor = live && successorOf(live);
    const leftAt = live?.leaderLeftAt ?? null;
    if (successor === undefined || leftAt === null || store.now() - leftAt < settings.leaderGraceMs) return;
    const promoted = await store.promote(code, successor.record.peerId, leftAt);
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
