import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { freePorts } from '@parley/common/testing';
import { isTcpPortFree } from '../launcher/base/ports.ts';
import { RunningSystem } from './running-system.ts';

const START_TIMEOUT_MS = 120_000;
const STOP_WITHIN_MS = 5_000;
const MOST_RESIDENT_BYTES = 700e6;

let folder: string;
let firstPort: number;
let firstRtcPort: number;
let system: RunningSystem | undefined;

beforeAll(async () => {
  [firstPort, firstRtcPort] = [await freePorts(3), await freePorts(30)];
  folder = mkdtempSync(join(tmpdir(), 'parley-start-'));
  chmodSync(folder, 0o711);
});

afterEach(async () => {
  await system?.interrupt();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function start(name: string, offset = 0): RunningSystem {
  const options = {
    port: firstPort + offset,
    dataDir: join(folder, name),
    rtcPortBase: firstRtcPort + offset,
  };
  system = new RunningSystem(options);
  return system;
}

async function createRoom(origin: string): Promise<{ status: number; code: unknown }> {
  const response = await fetch(`${origin}/api/rooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: '{}',
  });
  const body = (await response.json()) as { code?: unknown };
  return { status: response.status, code: body.code };
}

/** What `npm run data` says about an export from an installation that runs. */
function exportData(name: string): string {
  const main = join(import.meta.dirname, '../launcher/data/main.ts');
  const args = ['--disable-warning=ExperimentalWarning', main, 'export', join(folder, `${name}.data`)];
  const env = { PATH: process.env.PATH, PARLEY_DATA_DIR: join(folder, name) };
  return spawnSync(process.execPath, args, { env, encoding: 'utf8' }).stderr;
}

async function expectNothingLeft(ended: RunningSystem): Promise<void> {
  const { options } = ended;
  expect(ended.processes()).toEqual([]);
  expect(await isTcpPortFree(options.port, '127.0.0.1')).toBe(true);
  expect(await isTcpPortFree(options.rtcPortBase, '127.0.0.1')).toBe(true);
}

/** The log viewer accepts the password of the file that the start names, and shows each line once. */
async function expectLogsBehindPassword({ output }: RunningSystem): Promise<void> {
  const [, origin, file] = /^Its logs are at (\S+); the password is in (\S+)$/m.exec(output) ?? [];
  expect(statSync(file!).mode & 0o777).toBe(0o600);
  const password = readFileSync(file!, 'utf8').trim();
  expect(output).not.toContain(password);
  expect((await fetch(`${origin}/api/lines`)).status).toBe(401);
  const body = new URLSearchParams({ password });
  const login = await fetch(`${origin}/login`, { method: 'POST', body, redirect: 'manual' });
  const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
  for (const service of ['media', 'signaling', 'gateway', 'logs']) {
    const query = `service=${service}&q=%22service+started%22`;
    const answer = await fetch(`${origin}/api/lines?${query}`, { headers: { cookie } });
    expect((await answer.text()).match(/"message":"service started"/g)).toHaveLength(1);
  }
}

describe('npm start', () => {
  test(
    'brings up every part behind one origin, and Ctrl-C leaves nothing',
    async () => {
      const running = start('main');
      await running.ready();
      for (const service of ['postgres', 'media', 'signaling', 'gateway', 'ui', 'logs']) {
        expect(running.output).toMatch(new RegExp(`^ {2}${service} +ready in \\d+\\.\\d s`, 'm'));
      }
      expect((await fetch(`${running.origin}/api/healthz`)).status).toBe(200);
      expect(await createRoom(running.origin)).toEqual({ status: 201, code: expect.any(String) });
      expect(await (await fetch(running.origin)).text()).toContain('<html');
      const handshake = await fetch(`${running.origin}/socket.io/?EIO=4&transport=polling`, {
        headers: { origin: running.origin },
      });
      expect(handshake.headers.get('content-type')).not.toContain('text/html');
      expect(statSync(join(folder, 'main', 'secrets.json')).mode & 0o777).toBe(0o600);
      await expectLogsBehindPassword(running);
      expect(exportData('main')).toMatch(/Exported: .*\b1 rooms/);

      const startedAt = performance.now();
      expect(await running.interrupt()).toBe(0);
      expect(performance.now() - startedAt).toBeLessThan(STOP_WITHIN_MS);
      await expectNothingLeft(running);
    },
    START_TIMEOUT_MS,
  );

  test(
    'is ready the second time, in 700 MB, and refuses a third with the same data',
    async () => {
      const running = start('main');
      await running.ready();
      await fetch(running.origin);
      expect(running.residentBytes()).toBeLessThan(MOST_RESIDENT_BYTES);

      const third = new RunningSystem({
        ...running.options,
        port: firstPort + 1,
        rtcPortBase: firstRtcPort + 10,
      });
      await third.says(/Parley cannot start: Parley runs already with/);
      expect(await third.interrupt()).toBe(1);
      expect((await createRoom(running.origin)).status).toBe(201);
    },
    START_TIMEOUT_MS,
  );

  test(
    'starts a service that died again, and says so',
    async () => {
      const running = start('main');
      await running.ready();
      for (const service of ['signaling', 'media', 'gateway']) {
        process.kill(running.pidOf(service), 'SIGKILL');
        await running.says(new RegExp(`${service} +stopped \\(signal SIGKILL\\); starting it again in`));
        await running.says(new RegExp(`${service} +ready again`));
      }
      expect((await createRoom(running.origin)).status).toBe(201);
    },
    START_TIMEOUT_MS,
  );

  test(
    'runs beside another one with other data and ports',
    async () => {
      const first = start('main');
      const second = new RunningSystem({
        dataDir: join(folder, 'second'),
        port: firstPort + 2,
        rtcPortBase: firstRtcPort + 20,
      });
      try {
        await Promise.all([first.ready(), second.ready()]);
        expect((await createRoom(first.origin)).status).toBe(201);
        expect((await createRoom(second.origin)).status).toBe(201);
        expect(`${first.output}${second.output}`).toMatch(
          /Ports in use by others, and what is used instead: .*\w+_PORT \d+ → \d+/,
        );
        expect(readFileSync(join(folder, 'main', 'secrets.json'), 'utf8')).not.toBe(
          readFileSync(join(folder, 'second', 'secrets.json'), 'utf8'),
        );
      } finally {
        await second.interrupt();
      }
      await expectNothingLeft(second);
    },
    START_TIMEOUT_MS,
  );

  test.each([
    ['the start script', undefined],
    ['npm', ['npm', 'start'] as const],
  ])(
    'stops everything when %s is killed',
    async (_what, command) => {
      const options = { port: firstPort, dataDir: join(folder, 'main'), rtcPortBase: firstRtcPort };
      const running = new RunningSystem({ ...options, ...(command ? { command } : {}) });
      await running.ready();
      await running.kill();
      while (running.processes().length > 0) await delay(20);
      await expectNothingLeft(running);
    },
    START_TIMEOUT_MS,
  );

  test(
    'gives up with the reason when a service cannot work with its configuration',
    async () => {
      const options = { port: firstPort, dataDir: join(folder, 'main'), rtcPortBase: firstRtcPort };
      const broken = new RunningSystem({ ...options, env: { LOG_LEVEL: 'info', STUN_URLS: 'not a url' } });
      await broken.says(/Parley cannot start: (gateway|signaling) does not start[^]*STUN_URLS/);
      await broken.says(/All of its log/);
      while (broken.processes().length > 0) await delay(20);
      await expectNothingLeft(broken);
    },
    START_TIMEOUT_MS,
  );
});
