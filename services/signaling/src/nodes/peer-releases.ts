import { backoffMs, type BackoffLimits } from '@parley/common/async';
import type { Logger } from '@parley/common/logging';
import type { PeerId, RoomCode } from '@parley/proto/ids';

const RETRY: BackoffLimits = { firstMs: 200, maxMs: 2_000 };
const IDLE_LOOK_MS = 50;
/** After this the node has closed the peer by itself, because it closes peers without ICE and rooms without a watcher. */
const GIVE_UP_MS = 60_000;

type Release = {
  code: RoomCode;
  peerId: PeerId;
  since: number;
  failures: number;
  attempt: Promise<void> | undefined;
  timer: NodeJS.Timeout | undefined;
};

/** The peers that a node still has to release. Each is tried until the node answers, so that a node that was away keeps none. */
export class PeerReleases {
  readonly #closePeer: (code: RoomCode, peerId: PeerId) => Promise<void>;
  readonly #logger: Logger;
  readonly #releases = new Map<string, Release>();
  #closed = false;

  constructor(closePeer: (code: RoomCode, peerId: PeerId) => Promise<void>, logger: Logger) {
    this.#closePeer = closePeer;
    this.#logger = logger;
  }

  get size(): number {
    return this.#releases.size;
  }

  close(): void {
    this.#closed = true;
    for (const release of this.#releases.values()) clearTimeout(release.timer);
    this.#releases.clear();
  }

  add(code: RoomCode, peerId: PeerId): void {
    const key = keyOf(code, peerId);
    if (this.#closed || this.#releases.has(key)) return;
    const release: Release = {
      code,
      peerId,
      since: Date.now(),
      failures: 0,
      attempt: undefined,
      timer: undefined,
    };
    this.#releases.set(key, release);
    this.#start(key, release);
  }

  /** Before the peer is opened again: waits for a running attempt, or makes one now. Rejects if the node does not answer. */
  async settle(code: RoomCode, peerId: PeerId): Promise<void> {
    const key = keyOf(code, peerId);
    const release = this.#releases.get(key);
    if (release === undefined) return;
    clearTimeout(release.timer);
    await release.attempt;
    if (this.#releases.get(key) !== release) return;
    clearTimeout(release.timer);
    this.#releases.delete(key);
    try {
      await this.#closePeer(code, peerId);
    } catch (error) {
      this.add(code, peerId);
      throw error;
    }
  }

  async idle(): Promise<void> {
    while (this.#releases.size > 0) await Promise.all(Array.from(this.#releases.values(), waitOf));
  }

  #start(key: string, release: Release): void {
    release.attempt = this.#try(key, release);
  }

  async #try(key: string, release: Release): Promise<void> {
    try {
      await this.#closePeer(release.code, release.peerId);
      if (this.#releases.get(key) === release) this.#releases.delete(key);
    } catch (error) {
      if (this.#closed || this.#releases.get(key) !== release) return;
      if (Date.now() - release.since > GIVE_UP_MS) {
        this.#releases.delete(key);
        this.#logger.warn(
          { roomCode: release.code, peerId: release.peerId, err: error },
          'media of a peer not released',
        );
        return;
      }
      release.failures += 1;
      const pauseMs = backoffMs(release.failures, RETRY);
      release.timer = setTimeout(() => this.#start(key, release), pauseMs).unref();
    }
  }
}

function keyOf(code: RoomCode, peerId: PeerId): string {
  return `${code}/${peerId}`;
}

/** A failed attempt is followed by a timer. The loop that waits looks again after a short pause. */
async function waitOf(release: Release): Promise<void> {
  await release.attempt;
  await new Promise((resolve) => setTimeout(resolve, IDLE_LOOK_MS));
}
