import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { freePort, freePorts } from '@parley/common/testing';
import { ProcessLock } from '../lib/lock.mjs';

const MAIN = join(import.meta.dirname, '../launcher/start/main.ts');
const IS_ROOT = process.getuid?.() === 0;

let folder: string;
let busy: Server;
let busyPort: number;
let free: { PORT: string; MEDIA_RTC_PORT_BASE: string };

beforeAll(async () => {
  free = { PORT: String(await freePort()), MEDIA_RTC_PORT_BASE: String(await freePorts(2)) };
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-refused-'));
  busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
  busyPort = (busy.address() as AddressInfo).port;
});

afterEach(async () => {
  await new Promise((resolve) => busy.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

type Ended = { status: number | null; stderr: string };

function start(env: Record<string, string>, wrapper: string[] = []): Promise<Ended> {
  const [program, ...args] = [...wrapper, process.execPath, MAIN];
  const child: ChildProcess = spawn(program, args, {
    env: {
      PATH: process.env.PATH,
      MEDIASOUP_WORKER_BIN: '/bin/true',
      PARLEY_DATA_DIR: join(folder, 'data'),
      MEDIA_WORKERS: '1',
      ...free,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stderr })));
}

/** The message is one block that says what is wrong, without a stack. */
function expectOneMessage({ status, stderr }: Ended, words: RegExp): void {
  expect(stderr).toMatch(words);
  expect(stderr.match(/Parley cannot start/g)).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(status).toBe(1);
}

test('a busy port is reported, and nothing is left', async () => {
  expectOneMessage(
    await start({ PORT: String(busyPort) }),
    new RegExp(`Port ${busyPort} is in use by another program`),
  );
  expect(readdirSync(join(folder, 'data'))).toEqual([]);
});

test('a busy media port is reported, for TCP and for UDP', async () => {
  const words = (port: number): RegExp => new RegExp(`Media port ${port} .* is in use`);
  expectOneMessage(await start({ MEDIA_RTC_PORT_BASE: String(busyPort) }), words(busyPort));

  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  expectOneMessage(await start({ MEDIA_RTC_PORT_BASE: String(port) }), words(port));
  socket.close();
});

test('a second instance with the same data is refused with the id of the first', async () => {
  mkdirSync(join(folder, 'data'));
  const lock = await ProcessLock.acquire(`data ${join(folder, 'data')}`, () => {});
  expectOneMessage(
    await start({}),
    new RegExp(`Parley runs already with .*data \\(process ${process.pid}\\)`),
  );
  lock.release();
});

test('all problems of the configuration are reported together', async () => {
  const wrong = {
    PORT: 'http',
    MEDIA_WORKERS: '-1',
    MEDIA_RTC_PORT_BASE: '99999',
    EDGE_TRUSTED_PROXIES: 'caddy',
  };
  expectOneMessage(
    await start(wrong),
    /PORT must be .* not "http"[^]*MEDIA_RTC_PORT_BASE must be[^]*MEDIA_WORKERS must be[^]*EDGE_TRUSTED_PROXIES: "caddy" is not/,
  );
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

test('damaged secrets are reported', async () => {
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'secrets.json'), 'not json');
  expectOneMessage(await start({}), /secrets\.json is damaged/);
});

test('a directory without write permission is reported', async () => {
  const locked = join(folder, 'locked');
  mkdirSync(locked);
  chmodSync(locked, 0o555);
  // Root may write everywhere unless it gives up the capability to.
  const wrapper = IS_ROOT
    ? ['setpriv', '--bounding-set', '-dac_override', '--inh-caps', '-dac_override']
    : [];
  expectOneMessage(
    await start({ PARLEY_DATA_DIR: join(locked, 'data') }, wrapper),
    /No permission to write .*locked/,
  );
});

test('a file in place of the directory is reported', async () => {
  writeFileSync(join(folder, 'file'), '');
  expectOneMessage(await start({ PARLEY_DATA_DIR: join(folder, 'file', 'data') }), /A file is in the way/);
  expectOneMessage(await start({ PARLEY_DATA_DIR: join(folder, 'file') }), /A file is in the way/);
});

const onSmallDisk = [
  'unshare',
  IS_ROOT ? '-m' : '-rm',
  'sh',
  '-c',
  'mount -t tmpfs -o size=1m none "$0" && exec "$@"',
];
const canMount = spawnSync('unshare', [...onSmallDisk.slice(1), '/mnt', 'true']).status === 0;

// Needs a user who may mount, in a name space of its own at least.
(canMount ? test : test.skip)('a full disk is reported', async () => {
  expectOneMessage(await start({}, [...onSmallDisk, folder]), /The disk is full: \d+ MB are free/);
});
