import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CONSUL_ACCOUNTS, ConsulAccess, type ConsulTokens } from '../discovery/consul-access.ts';
import { freePort } from './free-port.ts';
import type { ServerProof } from './server-proof.ts';
import { waitFor } from './wait-for.ts';

const HOST = '127.0.0.1';
const RUN = path.resolve(import.meta.dirname, '../../../../deploy/consul/run.sh');

/** The accounts of every Consul that this process starts. */
export const CONSUL_TOKENS = Object.fromEntries(
  CONSUL_ACCOUNTS.map((account) => [account, randomUUID()]),
) as ConsulTokens;

const START_ATTEMPTS = 5;

export type TestConsul = {
  /** `https:` if it has a certificate. */
  readonly url: string;
  /** May do everything. */
  readonly managementToken: string;
  /** Ends Consul as a crash does. After a restart it is empty. */
  kill(): Promise<void>;
  /** Stops and continues it, as a machine that hangs. */
  freeze(): void;
  thaw(): void;
  /** Starts it again on the same ports, with the same accounts. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** The real agent as deployments run it, on free ports of this machine, with its accounts. */
export async function startConsul(proof?: ServerProof): Promise<TestConsul> {
  const managementToken = randomUUID();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-consul-'));
  for (let attempt = 1; ; attempt += 1) {
    const ports = await freePorts();
    const scheme = proof === undefined ? 'http' : 'https';
    const settings = { ports, url: `${scheme}://${HOST}:${ports.api}`, managementToken, folder, proof };
    try {
      return consulOf(settings, await serve(settings));
    } catch (error) {
      // Another program may have taken one of the ports in the meantime.
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}

function consulOf(settings: Settings, first: ChildProcess): TestConsul {
  const { url, managementToken, folder } = settings;
  let child = first;
  return {
    url,
    managementToken,
    kill: () => end(child),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    restart: async () => {
      child = await serve(settings);
    },
    stop: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
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

type Ports = { api: number; server: number; serf: number };

async function freePorts(): Promise<Ports> {
  return { api: await freePort(), server: await freePort(), serf: await freePort() };
}

type Settings = {
  ports: Ports;
  url: string;
  managementToken: string;
  folder: string;
  proof: ServerProof | undefined;
};

async function serve({ ports, url, managementToken, folder, proof }: Settings): Promise<ChildProcess> {
  const given = [
    RUN,
    `-bind=${HOST}`,
    `-client=${HOST}`,
    `-server-port=${ports.server}`,
    `-serf-lan-port=${ports.serf}`,
  ];
  const env = {
    PATH: process.env['PATH'],
    CONSUL_BIN: consulProgram(),
    CONSUL_DIR: folder,
    CONSUL_MANAGEMENT_TOKEN: managementToken,
    CONSUL_AGENT_TOKEN: CONSUL_TOKENS.agent,
    CONSUL_PORT: String(ports.api),
    ...(proof && { CONSUL_TLS_CERTIFICATE: proof.certificatePath, CONSUL_TLS_KEY: proof.keyPath }),
  };
  // The script becomes Consul, so signals reach Consul itself.
  const child = spawn('sh', given, { stdio: 'ignore', env });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', () => process.off('exit', killWithUs));
  const access = new ConsulAccess({ url, managementToken, ...(proof && { trust: proof.trust }) });
  await waitFor(
    async () => {
      if (child.exitCode !== null) return true;
      await access.grant(CONSUL_TOKENS);
      return true;
    },
    { what: 'Consul has its accounts', timeoutMs: 90_000, intervalMs: 50 },
  );
  if (child.exitCode !== null) throw new Error(`Consul ended with ${child.exitCode}`);
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
