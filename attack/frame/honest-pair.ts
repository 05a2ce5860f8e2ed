import { performance } from 'node:perf_hooks';
import type { RawPeer } from '../../tests/harness/peer/raw-peer.ts';
import type { Launcher } from '../../tests/harness/servers/launcher.ts';
import { atLeast, atMost, mustBe, type Finding, type Scale } from './attack.ts';
import { Visitor } from './visitor.ts';

/** Below the rate of the requests that a pair sends. */
const PING_INTERVAL_MS = 550;
const ACK_P95_MAX_MS = 50;

/** Two people in a room of their own, each with an address of their own, who must notice nothing of an attack. */
export class HonestPair {
  readonly code: string;
  readonly #peers: readonly RawPeer[];
  readonly #acks: number[] = [];
  readonly #failures: string[] = [];
  readonly #timer: NodeJS.Timeout;

  static async join(system: Pick<Launcher, 'ports'>): Promise<HonestPair> {
    const visitors = [new Visitor(system), new Visitor(system)] as const;
    const code = await visitors[0].createRoom();
    const peers = [await visitors[0].join(code, 'Ada'), await visitors[1].join(code, 'Bob')];
    return new HonestPair(code, peers);
  }

  private constructor(code: string, peers: readonly RawPeer[]) {
    this.code = code;
    this.#peers = peers;
    this.#timer = setInterval(() => void this.#pingAll(), PING_INTERVAL_MS);
  }

  /** Ends the pair. What it noticed; how long its requests took only in a full attack. */
  async findings(scale: Scale): Promise<Finding[]> {
    clearInterval(this.#timer);
    await this.#pingAll();
    const connected = this.#peers.filter(({ socket }) => socket.connected).length;
    const lost = this.#peers.flatMap((peer) => peer.notifications('session:ended'));
    for (const { socket } of this.#peers) socket.close();
    return [
      mustBe('honest people elsewhere that are connected', connected, this.#peers.length),
      mustBe('refused requests of honest people', this.#failures.join(', ') || 'none', 'none'),
      mustBe('sessions of honest people that ended', lost.length, 0),
      atLeast('answers to honest people', this.#acks.length, this.#peers.length),
      ...(scale === 'full' ? [atMost('their answers, p95', p95(this.#acks), ACK_P95_MAX_MS, 'ms')] : []),
    ];
  }

  async #pingAll(): Promise<void> {
    await Promise.all(this.#peers.map((peer) => this.#ping(peer)));
  }

  async #ping(peer: RawPeer): Promise<void> {
    const startedAt = performance.now();
    try {
      await peer.request('room:ping', {});
      this.#acks.push(performance.now() - startedAt);
    } catch (error) {
      this.#failures.push((error as Error).message);
    }
  }
}

export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.POSITIVE_INFINITY;
}
