import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.ts';
import { waitFor } from './wait-for.ts';

const HOST = '127.0.0.1';

export const DEVELOPMENT = ['-dev', '-serf-wan-port=-1', '-dns-port=-1', '-grpc-port=-1', '-log-level=err'];

export type TestConsul = {
  readonly url: string;
  /** Ends Consul as a crash does. Without data on disk: after a restart it is empty. */
  kill(): Promise<void>;
  /** Stops and continues it, as a machine that hangs. */
  freeze(): void;
  thaw(): void;
  /** Starts it again on the same ports. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * The real agent, on free ports of this machine. It has no data and no wish to be found, unless `settings` (arguments of
 * the program) say otherwise.
 */
export async function startConsul(settings: readonly string[] = DEVELOPMENT): Promise<TestConsul> {
  const ports = await freePorts();
  const url = `http://${HOST}:${ports.http}`;
  let child = await serve(settings, ports, url);
  return {
    url,
    kill: () => end(child),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    restart: async () => {
      child = await serve(settings, ports, url);
    },
    stop: () => end(child),
  };
}

/** Where the setup of the project puts it. */
function consulProgram(): string {
  const cache =
    process.env['PARLEY_CACHE_DIR'] ??
    path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'parley');
  const program = process.env['CONSUL_BIN'] ?? path.join(cache, 'consul', '1.8.7', 'consul');
  if (!existsSync(program))
    throw new Error(`there is no Consul at ${program}; the setup of the tests gets it`);
  return program;
}

type Ports = { http: number; server: number; serf: number };

async function freePorts(): Promise<Ports> {
  return { http: await freePort(), server: await freePort(), serf: await freePort() };
}

async function serve(settings: readonly string[], ports: Ports, url: string): Promise<ChildProcess> {
  const given = [
    'agent',
    ...settings,
    `-bind=${HOST}`,
    `-client=${HOST}`,
    `-http-port=${ports.http}`,
    `-server-port=${ports.server}`,
    `-serf-lan-port=${ports.serf}`,
  ];
  const child = spawn(consulProgram(), given, { stdio: 'ignore' });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', () => process.off('exit', killWithUs));
  await waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
      const response = await fetch(`${url}/v1/status/leader`);
      return response.ok && (await response.text()).includes(':');
    },
    { what: 'Consul has a leader', timeoutMs: 90_000, intervalMs: 50 },
  );
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
