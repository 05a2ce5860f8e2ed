// The servers that the services of the stack need, from Debian's packages, with the configuration files of compose.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from '../../lib/paths.mjs';
import { HOST } from '../services/node-service.ts';
import { answersOk } from '../services/readiness.ts';
import type { ServiceSpec } from '../supervisor/service-spec.ts';

const ANSWER_TIMEOUT_MS = 2_000;

/** The whole environment of the programs that are not Parley's. */
const ENV = { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C.UTF-8' };

export function redis(folder: string, port: number, password: string): ServiceSpec {
  const settings = [
    `include ${join(ROOT, 'deploy', 'redis', 'redis.conf')}`,
    `bind ${HOST}`,
    `port ${port}`,
    `dir ${emptyFolder(folder)}`,
    `requirepass ${password}`,
  ];
  // The password is in a file that only this user may read. Every user can read a command line.
  const file = join(folder, 'redis.conf');
  writeFileSync(file, `${settings.join('\n')}\n`, { mode: 0o600 });
  return {
    name: 'redis',
    after: [],
    command: ['redis-server', file],
    cwd: folder,
    env: ENV,
    address: `${HOST}:${port}`,
    isReady: () => answersPing(port, password),
    stopSignal: 'SIGTERM',
  };
}

/** The services register again by themselves, so each stack begins with an empty Consul. */
export function consul(
  folder: string,
  program: string,
  ports: { readonly http: number; readonly server: number; readonly serf: number },
): ServiceSpec {
  const settings = [
    `-config-file=${join(ROOT, 'deploy', 'consul', 'server.json')}`,
    `-data-dir=${emptyFolder(folder)}`,
    '-node=parley',
    `-bind=${HOST}`,
    `-client=${HOST}`,
    `-http-port=${ports.http}`,
    `-server-port=${ports.server}`,
    `-serf-lan-port=${ports.serf}`,
  ];
  return {
    name: 'consul',
    after: [],
    command: [program, 'agent', ...settings],
    cwd: folder,
    env: ENV,
    address: `${HOST}:${ports.http}`,
    isReady: () => hasLeader(`http://${HOST}:${ports.http}`),
    stopSignal: 'SIGTERM',
  };
}

/** Prometheus with the repository's configuration, in which only addresses are replaced. */
export function prometheus(folder: string, port: number, gatewayAdminPort: number): ServiceSpec {
  const config = join(folder, 'config');
  rmSync(config, { recursive: true, force: true });
  cpSync(join(ROOT, 'monitoring', 'prometheus'), config, { recursive: true });
  const file = join(config, 'prometheus.yml');
  const text = readFileSync(file, 'utf8')
    .replaceAll('gateway:4001', `${HOST}:${gatewayAdminPort}`)
    .replaceAll('localhost:9090', `${HOST}:${port}`);
  writeFileSync(file, text);
  const settings = [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    '--storage.tsdb.retention.time=15d',
    '--storage.tsdb.retention.size=1GB',
    `--web.listen-address=${HOST}:${port}`,
    '--log.level=warn',
  ];
  return {
    name: 'prometheus',
    after: ['gateway'],
    command: ['prometheus', ...settings],
    cwd: folder,
    env: ENV,
    address: `${HOST}:${port}`,
    isReady: () => answersOk(`http://${HOST}:${port}/-/ready`),
    stopSignal: 'SIGTERM',
  };
}

function emptyFolder(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

async function hasLeader(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/v1/status/leader`, {
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    return response.ok && (await response.text()).includes(':');
  } catch {
    return false;
  }
}

function answersPing(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: HOST, timeout: ANSWER_TIMEOUT_MS }, () =>
      socket.write(`AUTH ${password}\r\nPING\r\n`),
    );
    let answer = '';
    const finish = (): void => {
      socket.destroy();
      resolve(answer.includes('+PONG'));
    };
    socket.on('data', (data) => {
      answer += data.toString();
      if (answer.includes('PONG') || answer.includes('-')) finish();
    });
    socket.once('error', finish).once('timeout', finish).once('close', finish);
  });
}
