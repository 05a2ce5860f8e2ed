import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { freePort, waitFor } from '@parley/common/testing';
import { line, LogFixture, START } from './support/log-fixture.ts';
import { PASSWORD, ViewerClient } from './support/test-viewer.ts';

const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts');
const FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=2'];

let logs: LogFixture;
let service: ChildProcess | undefined;

beforeEach(() => {
  logs = new LogFixture();
});
afterEach(() => {
  service?.kill('SIGKILL');
  logs.remove();
});

async function start(): Promise<{ client: ViewerClient; adminPort: number }> {
  const [port, adminPort] = [await freePort(), await freePort()];
  service = spawn(process.execPath, [...FLAGS, MAIN], {
    stdio: 'ignore',
    env: {
      LOG_DIR: logs.directory,
      LOGS_PORT: String(port),
      LOGS_ADMIN_PORT: String(adminPort),
      LOGS_PASSWORD: PASSWORD,
      LOGS_SESSION_SECRET: 's'.repeat(32),
    },
  });
  await waitFor(async () => (await fetch(`http://127.0.0.1:${adminPort}/readyz`)).ok, { timeoutMs: 60_000 });
  const client = new ViewerClient(port);
  await client.logIn();
  return { client, adminPort };
}

describe('the service', () => {
  test('does not start with an incomplete configuration, and names all that is missing, but no secret', () => {
    const run = spawnSync(process.execPath, [...FLAGS, MAIN], {
      encoding: 'utf8',
      env: { LOGS_PASSWORD: 'short-one' },
    });
    expect(run.status).toBe(1);
    for (const name of ['LOG_DIR', 'LOGS_PASSWORD', 'LOGS_SESSION_SECRET'])
      expect(run.stderr).toContain(name);
    expect(run.stderr).not.toContain('short-one');
  });

  test('does not start with impossible limits for its log files', () => {
    const env = { LOG_DIR: logs.directory, LOG_FILE_MAX_MB: '0', LOG_MAX_DAYS: 'many' };
    const run = spawnSync(process.execPath, [...FLAGS, MAIN], { encoding: 'utf8', env });
    expect(run.status).toBe(1);
    for (const name of ['LOG_FILE_MAX_MB', 'LOG_MAX_DAYS']) expect(run.stderr).toContain(name);
  });

  test('serves the viewer and its metrics on two ports, logs each login, and stops with status 0', async () => {
    const { client, adminPort } = await start();
    expect((await client.request('/')).status).toBe(200);
    expect((await client.request('/metrics')).status).toBe(404);
    const metrics = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
    expect(metrics).toContain('parley_logs_logins_total{outcome="ok",service="logs"} 1');
    await waitFor(
      async () => (await client.page({ q: 'operator logged', service: 'logs' })).lines.length === 1,
    );
    service?.kill('SIGTERM');
    const [code] = (await once(service!, 'exit')) as [number];
    expect(code).toBe(0);
  });
});

describe('a million lines', () => {
  const COUNT = 1_000_000;
  const FILES = 8;

  /** Times in turn over the files, so that each page touches all of them. */
  function writeMany(): void {
    mkdirSync(join(logs.directory, 'media'));
    for (let file = 0; file < FILES; file += 1) {
      const fd = openSync(join(logs.directory, 'media', `i${file}-1.ndjson`), 'w');
      let text = '';
      for (let n = file; n < COUNT; n += FILES) {
        text += `${line(START + n, { n, traceId: `t${n >> 5}`, room: `r${n % 100}` })}\n`;
        if (text.length > 1_000_000) {
          writeSync(fd, text);
          text = '';
        }
      }
      writeSync(fd, text);
      closeSync(fd);
    }
  }

  const residentMegabytes = (what: 'VmHWM' | 'VmRSS') => {
    const status = readFileSync(`/proc/${service?.pid}/status`, 'utf8');
    return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  };

  test('are searched and downloaded in memory that does not grow with them', async () => {
    writeMany();
    const { client } = await start();
    await client.page();
    const before = residentMegabytes('VmRSS');
    const [trace, rare, last, oldest] = await Promise.all([
      client.page({ trace: 't12345', order: 'oldest' }),
      client.page({ q: '"n":777777' }),
      client.page({ level: 'fatal' }),
      client.page({ order: 'oldest', limit: '500' }),
    ]);
    expect(trace.lines.map(({ time }) => time - START)).toEqual(
      Array.from({ length: 32 }, (_, n) => 12_345 * 32 + n),
    );
    expect([rare.lines.length, last.lines.length, oldest.lines.length]).toEqual([1, 0, 500]);
    expect(await countDownload(client)).toBe(COUNT);
    expect(residentMegabytes('VmHWM') - before).toBeLessThan(200);
  }, 180_000);

  async function countDownload(client: ViewerClient): Promise<number> {
    const response = await client.request('/api/download?order=oldest&service=media');
    let count = 0;
    for await (const chunk of response.body!)
      for (const byte of chunk as Uint8Array) if (byte === 10) count += 1;
    return count;
  }
});
