// The honest people, as a process of their own: what an attack computes must not be taken for a slow server. See honest-pair.ts.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { waitFor } from '@parley/common/testing';
import { Microphone } from '../../tests/harness/peer/microphone.ts';
import type { RawPeer } from '../../tests/harness/peer/raw-peer.ts';
import type { Launcher } from '../../tests/harness/servers/launcher.ts';
import { Listener } from './listener.ts';
import { Visitor } from './visitor.ts';

/** Below the rate of the requests that a pair sends. */
const PING_INTERVAL_MS = 550;
const CLOCK_MS = 10;

/** What the process is asked, one after the other. */
export type Wish = { readonly join: Pick<Launcher, 'ports'> } | 'end';
export type Answer =
  | { readonly code: string }
  | { readonly experience: Experience }
  | { readonly error: string };

export type Experience = {
  readonly people: number;
  readonly connected: number;
  readonly ended: number;
  readonly failures: readonly string[];
  readonly acksMs: readonly number[];
  /** By how much this process itself was late (95 of 100 times by less), because the machine is busy. It is part of the times of the answers. */
  readonly lateMs: number;
  /** The packets of the voice of one that the other has received, and the longest time without one. */
  readonly packets: number;
  readonly gapMs: number;
};

/** Two people in a room of their own, each with an address of their own. One speaks to the other, and both ask for an answer again and again. */
class Pair {
  readonly code: string;
  readonly #peers: readonly RawPeer[];
  readonly #microphone: Microphone;
  readonly #listener: Listener;
  readonly #acksMs: number[] = [];
  readonly #failures: string[] = [];
  readonly #clock = monitorEventLoopDelay({ resolution: CLOCK_MS });
  readonly #timer: NodeJS.Timeout;

  static async join(system: Pick<Launcher, 'ports'>): Promise<Pair> {
    const [ada, bob] = [new Visitor(system), new Visitor(system)];
    const code = await ada.createRoom();
    const peers = [await ada.join(code, 'Ada'), await bob.join(code, 'Bob')] as const;
    const microphone = await Microphone.open(peers[0]);
    const listener = await Listener.open(peers[1], microphone.producerId);
    await waitFor(() => listener.packets > 0, { what: 'the honest people to hear each other' });
    listener.begin();
    return new Pair(code, peers, { microphone, listener });
  }

  private constructor(
    code: string,
    peers: readonly RawPeer[],
    { microphone, listener }: { microphone: Microphone; listener: Listener },
  ) {
    this.code = code;
    this.#peers = peers;
    this.#microphone = microphone;
    this.#listener = listener;
    this.#clock.enable();
    this.#timer = setInterval(() => void this.#pingAll(), PING_INTERVAL_MS);
  }

  async end(): Promise<Experience> {
    clearInterval(this.#timer);
    await this.#pingAll();
    this.#clock.disable();
    const experience: Experience = {
      people: this.#peers.length,
      connected: this.#peers.filter(({ socket }) => socket.connected).length,
      ended: this.#peers.flatMap((peer) => peer.notifications('session:ended')).length,
      failures: this.#failures,
      acksMs: this.#acksMs,
      lateMs: Math.max(0, this.#clock.percentile(95) / 1e6 - CLOCK_MS),
      packets: this.#listener.packets,
      gapMs: this.#listener.longestGapMs,
    };
    this.#microphone.close();
    this.#listener.close();
    for (const { socket } of this.#peers) socket.close();
    return experience;
  }

  #pingAll(): Promise<void[]> {
    return Promise.all(this.#peers.map((peer) => this.#ping(peer)));
  }

  async #ping(peer: RawPeer): Promise<void> {
    const startedAt = performance.now();
    try {
      await peer.request('room:ping', {});
      this.#acksMs.push(performance.now() - startedAt);
    } catch (error) {
      this.#failures.push((error as Error).message);
    }
  }
}

let pair: Pair | undefined;

async function fulfil(wish: Wish): Promise<Answer> {
  if (wish !== 'end') {
    pair = await Pair.join(wish.join);
    return { code: pair.code };
  }
  if (pair === undefined) throw new Error('no pair has joined');
  return { experience: await pair.end() };
}

process.on('message', (wish: Wish) => {
  void fulfil(wish)
    .catch((error: unknown) => ({ error: (error as Error).message }))
    .then((answer) => process.send?.(answer));
});
// The attackers have ended.
process.once('disconnect', () => process.exit());
