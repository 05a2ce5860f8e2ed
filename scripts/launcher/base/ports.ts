import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { ProcessLock } from '../../lib/lock.mjs';
import type { Steps } from '../../lib/steps.mjs';
import { LaunchError } from './launch-error.ts';

const HIGHEST_PORT = 65_535;
const NEXT_PORT_STEP = 10;
const ATTEMPTS = 50;

/** The range of media ports in the documents, which firewalls open. */
const RTC_FIRST = 40_000;
const RTC_LAST = 40_100;

/** Chooses ports for the internal services, and holds locks so that no other launcher chooses the same ports. */
export class PortBook {
  readonly #locks: ProcessLock[] = [];

  /** The wanted port if it is free, otherwise the next free one. */
  async pick(wanted: number): Promise<number> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const port = wanted + attempt * NEXT_PORT_STEP;
      if (port > HIGHEST_PORT) break;
      if (await this.#take(port)) return port;
    }
    throw new LaunchError(`No free port was found near ${wanted}.`);
  }

  /**
   * A port for each name: the given one, or the usual one if it is free, or another. Reports the ports that are not
   * the usual ones.
   */
  async pickAll<Name extends string>(
    usual: Readonly<Record<Name, number>>,
    given: ReadonlyMap<Name, number>,
    steps: Steps,
  ): Promise<Readonly<Record<Name, number>>> {
    const ports: [Name, number][] = [];
    const moved: string[] = [];
    for (const name of Object.keys(usual) as Name[]) {
      const port = given.get(name) ?? (await this.pick(usual[name]));
      if (!given.has(name) && port !== usual[name]) moved.push(`${name} ${usual[name]} → ${port}`);
      ports.push([name, port]);
    }
    if (moved.length > 0) steps.say(`Ports in use by others, and what is used instead: ${moved.join(', ')}`);
    return Object.fromEntries(ports) as Record<Name, number>;
  }

  /**
   * The first of `count` consecutive media ports that are free for UDP and TCP: the given one, or the first that
   * fits into the range.
   */
  async pickRtcRow(given: number | undefined, count: number, listenIps: readonly string[]): Promise<number> {
    const last = given ?? RTC_LAST - count + 1;
    for (let first = given ?? RTC_FIRST; first <= last; first += 1) {
      if (await this.#takeRow(first, count, listenIps)) return first;
    }
    const where = given === undefined ? `between ${RTC_FIRST} and ${RTC_LAST}` : `from ${given} on`;
    throw new LaunchError(
      `There are no ${count} free media ports in a row ${where} on ${listenIps.join(' and ')}. Choose others with MEDIA_RTC_PORT_BASE.`,
    );
  }

  async #takeRow(first: number, count: number, listenIps: readonly string[]): Promise<boolean> {
    const locks: ProcessLock[] = [];
    for (let port = first; port < first + count; port += 1) {
      const lock = await ProcessLock.tryAcquire(`port ${port}`);
      if (lock) locks.push(lock);
      const isFree = lock && (await isRtcPortFree(port, listenIps));
      if (isFree) continue;
      for (const taken of locks) taken.release();
      return false;
    }
    this.#locks.push(...locks);
    return true;
  }

  close(): void {
    for (const lock of this.#locks.splice(0)) lock.release();
  }

  async #take(port: number): Promise<boolean> {
    const lock = await ProcessLock.tryAcquire(`port ${port}`);
    if (!lock) return false;
    if (await isTcpPortFree(port, '127.0.0.1')) {
      this.#locks.push(lock);
      return true;
    }
    lock.release();
    return false;
  }
}

/** Free for UDP and TCP on every address. */
export async function isRtcPortFree(port: number, addresses: readonly string[]): Promise<boolean> {
  for (const address of addresses) {
    if (!(await isTcpPortFree(port, address)) || !(await isUdpPortFree(port, address))) return false;
  }
  return true;
}

export function isTcpPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function isUdpPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', () => socket.close(() => resolve(false)));
    socket.bind({ port, address: host, exclusive: true }, () => socket.close(() => resolve(true)));
  });
}
