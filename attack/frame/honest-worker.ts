// The honest pair on a thread of its own, so that what an attack does in its own thread is not taken for a slow server.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import type { RawPeer } from '../../tests/harness/peer/raw-peer.ts';
import type { Launcher } from '../../tests/harness/servers/launcher.ts';
import { Visitor } from './visitor.ts';

/** Below the rate of the requests that a pair sends. */
const PING_INTERVAL_MS = 550;
const CLOCK_MS = 10;

export type Experience = {
  readonly people: number;
  readonly connected: number;
  readonly ended: number;
  readonly failures: readonly string[];
  readonly acksMs: readonly number[];
  /** By how much this thread itself was late (95 of 100 times by less), because the machine is busy with the attack. It is part of the times of the answers. */
  readonly lateMs: number;
};

const acksMs: number[] = [];
const failures: string[] = [];

async function ping(peer: RawPeer): Promise<void> {
  const startedAt = performance.now();
  try {
    await peer.request('room:ping', {});
    acksMs.push(performance.now() - startedAt);
  } catch (error) {
    failures.push((error as Error).message);
  }
}

const system = workerData as Pick<Launcher, 'ports'>;
const [ada, bob] = [new Visitor(system), new Visitor(system)];
const code = await ada.createRoom();
const peers = [await ada.join(code, 'Ada'), await bob.join(code, 'Bob')];
const pingAll = (): Promise<void[]> => Promise.all(peers.map(ping));
const clock = monitorEventLoopDelay({ resolution: CLOCK_MS });
clock.enable();
const timer = setInterval(() => void pingAll(), PING_INTERVAL_MS);

parentPort?.once('message', () => {
  clearInterval(timer);
  void pingAll().then(() => {
    const experience: Experience = {
      people: peers.length,
      connected: peers.filter(({ socket }) => socket.connected).length,
      ended: peers.flatMap((peer) => peer.notifications('session:ended')).length,
      failures,
      acksMs,
      lateMs: Math.max(0, clock.percentile(95) / 1e6 - CLOCK_MS),
    };
    for (const { socket } of peers) socket.close();
    parentPort?.postMessage(experience, []);
  });
});
parentPort?.postMessage(code, []);
