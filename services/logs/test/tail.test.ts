import { appendFileSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { silentLogger, waitFor } from '@parley/common/testing';
import { LogFiles } from '@parley/common/logging';
import type { LogLine } from '../src/lines/log-line.ts';
import { Tail } from '../src/lines/tail.ts';
import { line, LogFixture, messages } from './support/log-fixture.ts';

let logs: LogFixture;
let tail: Tail;
let received: LogLine[];
let skippedBytes: number;

beforeEach(() => {
  logs = new LogFixture();
  tail = new Tail(logs.folder, silentLogger);
  received = [];
  skippedBytes = 0;
});
afterEach(() => {
  tail.close();
  logs.remove();
});

function listen(): Promise<() => void> {
  return tail.listen((batch) => {
    received.push(...batch.lines);
    skippedBytes += batch.skippedBytes;
  });
}

const now = (ms = 0) => Date.now() + ms;
const receives = (...expected: string[]) => waitFor(() => messages(received).join() === expected.join());

describe('the tail', () => {
  test('reports lines that are written from now on, and none that were there before', async () => {
    logs.write('media/a-1.ndjson', [line(now(), { msg: 'before' })]);
    await listen();
    logs.append('media/a-1.ndjson', line(now(), { msg: 'after' }));
    await receives('after');
  });

  test('merges files by time', async () => {
    logs.write('media/a-1.ndjson', [line(now())]);
    logs.write('gateway/b-1.ndjson', [line(now())]);
    await listen();
    logs.append('media/a-1.ndjson', line(now(20), { msg: '2' }));
    logs.append('gateway/b-1.ndjson', line(now(10), { msg: '1' }), line(now(30), { msg: '3' }));
    await receives('1', '2', '3');
  });

  test('waits for the end of a line that is being written', async () => {
    logs.write('media/a-1.ndjson', [line(now())]);
    await listen();
    const text = line(now(), { msg: 'in two parts' });
    const path = join(logs.directory, 'media', 'a-1.ndjson');
    appendFileSync(path, text.slice(0, 30));
    logs.append('gateway/b-1.ndjson', line(now(), { msg: 'other' }));
    await receives('other');
    appendFileSync(path, `${text.slice(30)}\n`);
    await receives('other', 'in two parts');
  });

  test('misses no line when a service rotates its files', async () => {
    const files = new LogFiles({
      directory: logs.directory,
      service: 'media',
      fileBytesMax: 4_000,
      fileAgeMaxMs: 60_000,
      serviceBytesMax: 10_000_000,
      ageMaxMs: 60_000,
    });
    await listen();
    const expected: string[] = [];
    for (let n = 0; n < 300; n += 1) {
      expected.push(String(n));
      files.write(`${line(now(n), { msg: String(n) })}\n`);
      if (n % 30 === 29) await waitFor(async () => (await logs.search({ q: `"msg":"${n}"` })).length === 1);
    }
    await receives(...expected);
    await files.close();
    expect((await logs.folder.files()).length).toBeGreaterThan(3);
  });

  test('follows a file that is renamed, and one that is truncated', async () => {
    const path = logs.write('media.log', [line(now(), { msg: '0' })]);
    await listen();
    logs.append('media.log', line(now(), { msg: '1' }));
    renameSync(path, `${path}.1`);
    logs.append('media.log.1', line(now(1), { msg: '2' }));
    logs.append('media.log', line(now(2), { msg: '3', more: 'so that what comes next is shorter' }));
    await receives('1', '2', '3');
    truncateSync(path);
    logs.append('media.log', line(now(3), { msg: 'x' }));
    await waitFor(() => received.at(-1)?.message === 'x');
    rmSync(path);
    logs.append('media.log.1', line(now(4), { msg: 'last' }));
    await waitFor(() => received.at(-1)?.message === 'last');
  });

  test('cuts a line that does not end, and goes on behind it', async () => {
    logs.write('media/a-1.ndjson', [line(now())]);
    await listen();
    logs.append('media/a-1.ndjson', 'x'.repeat(3_000_000), line(now(), { msg: 'after' }));
    await waitFor(() => received.at(-1)?.message === 'after');
    expect(received.every(({ raw }) => raw.length <= 64 * 1024)).toBe(true);
  });

  test('leaves out the middle of a file that grows too fast, and reports how much', async () => {
    logs.write('media/a-1.ndjson', [line(now())]);
    await listen();
    const many = Array.from({ length: 50_000 }, (_, n) => line(now(), { msg: String(n) }));
    logs.append('media/a-1.ndjson', ...many);
    await waitFor(() => received.at(-1)?.message === '49999');
    expect(skippedBytes).toBeGreaterThan(1_000_000);
    expect(received.length).toBeLessThan(50_000);
  });

  test('reports nothing to a listener that has stopped, and nothing after it was closed', async () => {
    logs.write('media/a-1.ndjson', [line(now())]);
    const stop = await listen();
    let others = 0;
    await tail.listen((batch) => {
      others += batch.lines.length;
    });
    stop();
    logs.append('media/a-1.ndjson', line(now(), { msg: 'x' }));
    await waitFor(() => others === 1);
    expect(received).toEqual([]);
    tail.close();
    expect(tail.listeners).toBe(0);
    await expect(listen()).rejects.toThrow('closed');
  });
});
