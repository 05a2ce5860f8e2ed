import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { freePort } from '@parley/common/testing';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { CrowdSystem, JOIN_REQUEST } from '../crowd/crowd-system.ts';
import { cpuNanoseconds, end } from '../processes.ts';
import { Audience, type Listener } from './audience.ts';
import { FastSocket } from './fast-socket.ts';

const INSTANCES = 2;
const START_TIMEOUT_MS = 30_000;
/** Joins at the same time. */
const PARALLEL = 10;

/** A server with people in one room. */
export type Contender = {
  audience: Audience;
  /** CPU time of its processes so far, in nanoseconds. */
  cpu: () => number;
  stop: () => Promise<void>;
};

/** Two instances of signaling. Half of the people are on each. */
export async function startParley(people: number): Promise<Contender> {
  const system = await CrowdSystem.start({ instances: INSTANCES, counted: false });
  try {
    const code = await system.createRoom();
    const audience = new Audience(await gather(people, () => joinParley(system, code)));
    const stop = async (): Promise<void> => {
      audience.close();
      await system.stop();
    };
    return { audience, cpu: () => system.signalingCpu(), stop };
  } catch (error) {
    await system.stop();
    throw error;
  }
}

/** Socket.io alone, in one process. */
export async function startBare(people: number): Promise<Contender> {
  const port = await freePort();
  const program = join(ROOT, 'bench', 'fanout', 'bare', 'main.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(child.stdout, 'data', { signal: AbortSignal.timeout(START_TIMEOUT_MS) });
    const origin = `http://127.0.0.1:${port}`;
    const listeners = await gather(people, async () => {
      const peerId = randomUUID();
      return { peerId, socket: await FastSocket.open(origin, { peerId }) };
    });
    const audience = new Audience(listeners);
    const stop = async (): Promise<void> => {
      audience.close();
      await end(child);
    };
    return { audience, cpu: () => cpuNanoseconds(child), stop };
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function joinParley(system: CrowdSystem, code: string): Promise<Listener> {
  const { origin, token, address, peerId } = system.ticket(code, 'participant');
  const socket = await FastSocket.open(origin, { token }, { 'x-forwarded-for': address });
  const reply = (await socket.request('room:join', JOIN_REQUEST)) as {
    ok: boolean;
    error?: { code: string };
  };
  if (!reply.ok) throw new Error(`a join failed: ${reply.error?.code ?? ''}`);
  return { peerId, socket };
}

async function gather(people: number, come: () => Promise<Listener>): Promise<Listener[]> {
  const listeners: Listener[] = [];
  while (listeners.length < people) {
    const count = Math.min(PARALLEL, people - listeners.length);
    listeners.push(...(await Promise.all(Array.from({ length: count }, come))));
  }
  return listeners;
}
