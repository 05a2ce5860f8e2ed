import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { roomAlias } from '@parley/proto/room-alias';
import type { LogLine } from '../src/lines/log-line.ts';
import { line, LogFixture, messages, ROOM_KEY, START } from './support/log-fixture.ts';

let logs: LogFixture;
beforeEach(() => {
  logs = new LogFixture();
});
afterEach(() => logs.remove());

describe('a search', () => {
  test('finds nothing in an empty folder', async () => {
    expect(await logs.search()).toEqual([]);
  });

  test('merges the files of all instances by time, in both directions', async () => {
    logs.write('media/a-1.ndjson', [line(START, { msg: '1' }), line(START + 20, { msg: '3' })]);
    logs.write('media/b-1.ndjson', [line(START + 10, { msg: '2' }), line(START + 40, { msg: '5' })]);
    logs.write('gateway/c-1.ndjson', [line(START + 30, { msg: '4', service: 'gateway' })]);
    expect(messages(await logs.search())).toEqual(['1', '2', '3', '4', '5']);
    expect(messages(await logs.search({}, { order: 'newest' }))).toEqual(['5', '4', '3', '2', '1']);
  });

  test('sorts lines of the same millisecond by the way of a request', async () => {
    for (const service of ['media', 'browser', 'signaling', 'gateway']) {
      logs.write(`${service}/a-1.ndjson`, [line(START, { service, msg: service })]);
    }
    expect(messages(await logs.search())).toEqual(['browser', 'gateway', 'signaling', 'media']);
  });

  test('sorts a line that was written late into its place', async () => {
    const lines = Array.from({ length: 20_000 }, (_, n) => line(START + n * 10, { n, msg: 'on time' }));
    lines.push(line(START + 5, { msg: 'late' }));
    logs.write('gateway/a-1.ndjson', lines);
    const found = await logs.search({}, { limit: 3 });
    expect(messages(found)).toEqual(['on time', 'late', 'on time']);
    expect(messages(await logs.search({ q: 'late' }, { order: 'newest' }))).toEqual(['late']);
  });

  test('returns lines that are not JSON as text, with the time of the line before them', async () => {
    logs.write('media/a-1.ndjson', [
      line(START, { msg: '1' }),
      'Error: boom',
      '    at nowhere',
      line(START + 10, { msg: '2' }),
    ]);
    const found = await logs.search();
    expect(found.map(({ raw, time, isJson, service }) => [isJson ? '' : raw, time - START, service])).toEqual(
      [
        ['', 0, 'media'],
        ['Error: boom', 0, 'media'],
        ['    at nowhere', 0, 'media'],
        ['', 10, 'media'],
      ],
    );
  });

  test('returns a line once that a process both printed and wrote into its file', async () => {
    const [warning, fatal] = [line(START, { msg: 'warning' }), line(START + 5, { msg: 'fatal' })];
    logs.write('media/a-1.ndjson', [warning, line(START + 1, { msg: 'more' }), fatal]);
    logs.write('media.log', [warning, 'last words', fatal]);
    logs.write('media.log.1', [warning]);
    logs.write('postgres.log', [line(START + 9, { msg: 'alone' })]);
    const found = await logs.search();
    expect(found.map(({ message, raw }) => message ?? raw)).toEqual([
      'warning',
      'last words',
      'more',
      'fatal',
      'alone',
    ]);
  });

  test.each([
    ['its code in the field', { room: 'abcd-efgh-jkm' }],
    ['its code in the search', { q: 'abcd-efgh-jkm' }],
    ['its link', { q: 'https://call.example.org/r/ABCD-efgh-jkm?x=1' }],
    ['its code without dashes', { room: 'abcdefghjkm' }],
    ['its name in the logs', { room: roomAlias(ROOM_KEY, 'abcd-efgh-jkm') }],
  ])('finds a room by %s, although its lines do not contain the code', async (_what, filter) => {
    logs.write('media/m-1.ndjson', [
      line(START, { room: roomAlias(ROOM_KEY, 'abcd-efgh-jkm'), msg: 'ours' }),
      line(START + 1, { room: roomAlias(ROOM_KEY, 'zzzz-zzzz-zzz'), msg: 'another room' }),
      line(START + 2, { room: roomAlias('another key', 'abcd-efgh-jkm'), msg: 'another installation' }),
    ]);
    expect(messages(await logs.search(filter))).toEqual(['ours']);
  });

  test('finds a room by its code in lines of older versions, which have it', async () => {
    logs.write('media/m-1.ndjson', [line(START, { room: 'abcd-efgh-jkm', msg: 'old' })]);
    expect(messages(await logs.search({ room: 'abcd-efgh-jkm' }))).toEqual(['old']);
  });

  test('finds a room under each field name that the services use', async () => {
    logs.write('a/a-1.ndjson', [
      line(START, { room: 'r', msg: '1' }),
      line(START + 1, { roomCode: 'r', msg: '2' }),
      line(START + 2, { roomId: 'r', msg: '3' }),
      line(START + 3, { note: 'r', msg: '4' }),
    ]);
    expect(messages(await logs.search({ room: 'r' }))).toEqual(['1', '2', '3']);
  });

  test('takes every character of a search text literally, in any case', async () => {
    logs.write('media/a-1.ndjson', [
      line(START, { msg: 'Cost: 5.00 (EUR) [a-z]+ $1 ^x| a\\b "q" {2}?' }),
      line(START + 1, { msg: 'cost: 5100 EUR az 1 x ab q 22' }),
    ]);
    for (const q of ['5.00', '(eur)', '[A-Z]+', '$1', '^X|', 'A\\B', '{2}?', 'COST: 5.00'])
      expect([q, messages(await logs.search({ q })).length]).toEqual([q, 1]);
  });

  test('finds a level and those above it, by name and by number', async () => {
    logs.write('media/a-1.ndjson', [
      line(START, { level: 'info', msg: 'info' }),
      line(START + 1, { level: 30, msg: '30' }),
      line(START + 2, { level: 'warn', msg: 'warn' }),
      line(START + 3, { level: 40, msg: '40' }),
      line(START + 4, { level: 60, msg: '60' }),
    ]);
    expect(messages(await logs.search({ level: 'warn' }))).toEqual(['warn', '40', '60']);
    expect(messages(await logs.search({ level: 'fatal' }))).toEqual(['60']);
    expect(messages(await logs.search({ level: 'trace' }))).toHaveLength(5);
  });

  test('survives files that are not logs', async () => {
    const noise = Buffer.alloc(700_000, 0x41);
    for (let at = 0; at < noise.length; at += 1) noise[at] = (at * 7919) % 256;
    mkdirSync(join(logs.directory, 'media'));
    writeFileSync(join(logs.directory, 'media', 'noise.log'), noise);
    logs.write('media/a-1.ndjson', [
      '',
      '{',
      'null',
      '[]',
      '{"time":5}',
      '{"time":"never"}',
      '{"level":{},"msg":[]}',
      line(START),
    ]);
    const found = await logs.search({ q: 'hello' });
    expect(messages(found)).toEqual(['hello']);
    expect((await logs.search({ level: 'trace', instance: 'a-1' })).length).toBe(1);
  });

  test('cuts a line that is too long, and keeps its neighbours', async () => {
    const long = line(START + 1, { msg: 'x'.repeat(1_000_000) });
    logs.write('media/a-1.ndjson', [line(START, { msg: 'before' }), long, line(START + 2, { msg: 'after' })]);
    const found = await logs.search();
    expect(found).toHaveLength(3);
    expect(found[1]).toMatchObject({ isCut: true, isJson: false, time: START + 1 });
    expect(found[1]?.raw.length).toBe(64 * 1024);
    expect(messages([found[0]!, found[2]!])).toEqual(['before', 'after']);
  });

  test('leaves out a line that is still being written', async () => {
    const path = logs.write('media/a-1.ndjson', [line(START, { msg: 'whole' })]);
    writeFileSync(path, line(START + 1, { msg: 'half' }).slice(0, 40), { flag: 'a' });
    expect(messages(await logs.search())).toEqual(['whole']);
  });

  test('follows no links and reads no other files', async () => {
    logs.write('secret.txt', [line(START, { msg: 'other' })]);
    const target = logs.write('media/a-1.ndjson', [line(START, { msg: 'own' })]);
    symlinkSync(target, join(logs.directory, 'media', 'link.ndjson'));
    symlinkSync(join(logs.directory, 'media'), join(logs.directory, 'folder'));
    expect(messages(await logs.search())).toEqual(['own']);
  });

  test('follows a file that was renamed, truncated or removed', async () => {
    const path = logs.write('media.log', [line(START, { msg: '1' })]);
    expect(messages(await logs.search())).toEqual(['1']);
    renameSync(path, `${path}.1`);
    logs.write('media.log', [line(START + 1, { msg: '2' })]);
    await fresh();
    expect(messages(await logs.search())).toEqual(['1', '2']);
    truncateSync(path);
    logs.append('media.log', line(START + 2, { msg: '3' }));
    await fresh();
    expect(messages(await logs.search())).toEqual(['1', '3']);
    rmSync(`${path}.1`);
    expect(messages(await logs.search())).toEqual(['3']);
  });

  test('finds lines that were appended since the last search', async () => {
    const lines = Array.from({ length: 3_000 }, (_, n) => line(START + n, { msg: String(n) }));
    logs.write('media/a-1.ndjson', lines.slice(0, 1_000));
    expect(await logs.search()).toHaveLength(1_000);
    for (const at of [1_000, 2_000]) {
      logs.append('media/a-1.ndjson', ...lines.slice(at, at + 1_000));
      await fresh();
      expect(messages(await logs.search())).toEqual(lines.slice(0, at + 1_000).map((_, n) => String(n)));
    }
  });
});

/** The folder's listing is kept for a moment. */
async function fresh(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 210));
}

describe('a filter', () => {
  beforeEach(() => {
    logs.write('gateway/g-1.ndjson', [
      line(START, { service: 'browser', level: 'warn', msg: 'Join', traceId: 't1', room: 'r1', peer: 'p1' }),
      line(START + 1, { service: 'gateway', msg: 'join asked', traceId: 't1', room: 'r1' }),
      line(START + 2, {
        service: 'gateway',
        level: 'error',
        msg: 'broken',
        err: { message: 'a "quoted" \u001b[31m thing\nnext' },
      }),
    ]);
    logs.write('media/m-1.ndjson', [
      line(START + 3, { level: 'debug', msg: 'peer opened', traceId: 't1', room: 'r1', peer: 'p1' }),
      line(START + 4, { level: 'info', msg: 'Zoë ÄRGERT sich', traceId: 't2', room: 'r2', peer: 'p2' }),
    ]);
  });

  test.each([
    ['service', { service: 'browser' }, ['Join']],
    ['the least level', { level: 'warn' }, ['Join', 'broken']],
    ['room', { room: 'r2' }, ['Zoë ÄRGERT sich']],
    ['peer', { peer: 'p1' }, ['Join', 'peer opened']],
    ['trace', { trace: 't1' }, ['Join', 'join asked', 'peer opened']],
    ['instance', { instance: 'm-1', room: 'r1' }, ['peer opened']],
    ['from', { from: String(START + 3) }, ['peer opened', 'Zoë ÄRGERT sich']],
    ['to', { to: String(START + 1) }, ['Join', 'join asked']],
    ['words in any case', { q: 'ASKED join' }, ['join asked']],
    ['words together', { q: '"join asked"' }, ['join asked']],
    ['words in quotes that do not come together', { q: '"asked join"' }, []],
    ['letters beyond ASCII in any case', { q: 'ärgert zoË' }, ['Zoë ÄRGERT sich']],
    ['what JSON escapes', { q: '"thing\nnext"' }, ['broken']],
    ['an escape sequence', { q: '\u001b[31m' }, ['broken']],
    ['a part of a value, which finds nothing', { trace: 't' }, []],
    ['a value in another field', { room: 't1' }, []],
    [
      'everything together',
      { trace: 't1', room: 'r1', peer: 'p1', level: 'info', service: 'browser', q: 'join' },
      ['Join'],
    ],
  ])('by %s', async (_name, filter: Record<string, string>, expected) => {
    expect(messages(await logs.search(filter))).toEqual(expected);
    expect(messages(await logs.search(filter, { order: 'newest' }))).toEqual(expected.toReversed());
  });

  test('reads the numbers that pino writes by default', async () => {
    logs.write('media/n-1.ndjson', [`{"level":50,"time":${START + 9},"msg":"number"}`]);
    expect(messages(await logs.search({ level: 'error', from: String(START + 9) }))).toEqual(['number']);
  });
});

describe('pages of a result', () => {
  const COUNT = 6_000;

  beforeEach(() => {
    const files: string[][] = [[], [], []];
    for (let n = 0; n < COUNT; n += 1) {
      // Many of the same millisecond, some late, some without a time of their own.
      const time = START + Math.floor(n / 7) - (n % 11 === 0 ? 300 : 0);
      const text =
        n % 97 === 0 ? `no JSON ${n}` : line(time, { n, msg: `m${n}`, fill: 'y'.repeat((n * 13) % 400) });
      files[(n * n) % 3]?.push(text);
    }
    for (const [at, lines] of files.entries()) logs.write(`media/i${at}-1.ndjson`, lines);
  });

  test.each(['newest', 'oldest'] as const)('are together the whole result, %s first', async (order) => {
    const whole = await logs.search({}, { order, linesMax: 100_000 });
    expect(new Set(whole.map(({ file, offset }) => `${file} ${offset}`)).size).toBe(COUNT);
    const paged: LogLine[] = [];
    for (;;) {
      const after = paged.at(-1);
      const page = await logs.search({}, { order, limit: 97, linesMax: 98, ...(after && { after }) });
      paged.push(...page);
      if (page.length === 0) break;
    }
    expect(paged.map(key)).toEqual(whole.map(key));
  });

  test.each([
    ['newest', {}],
    ['oldest', {}],
    ['newest', { q: '7' }],
    ['oldest', { q: 'm1' }],
  ] as const)(
    'are not needed: a search that may hold few lines finds the same, %s first, %j',
    async (order, filter) => {
      const whole = await logs.search(filter, { order, linesMax: 100_000 });
      expect((await logs.search(filter, { order, linesMax: 300 })).map(key)).toEqual(whole.map(key));
      expect(whole.length).toBeGreaterThan(100);
    },
  );

  test('stay the same while lines are appended', async () => {
    const first = await logs.search({}, { order: 'newest', limit: 50 });
    logs.append('media/i0-1.ndjson', line(START + COUNT, { msg: 'later' }));
    await fresh();
    const second = await logs.search({}, { order: 'newest', limit: 50, after: first.at(-1)! });
    const whole = await logs.search({}, { order: 'newest', limit: 101 });
    expect(whole.slice(1)).toEqual([...first, ...second]);
  });
});

describe('a search that takes long', () => {
  beforeEach(() => {
    for (const name of ['a', 'b', 'c']) {
      const lines = Array.from({ length: 10_000 }, (_, n) => line(START + n, { msg: `${name}${n}` }));
      logs.write(`media/${name}-1.ndjson`, lines);
    }
  });

  test('reports its progress up to the end', async () => {
    const search = await logs.prepare({ q: 'a1' });
    const seen: number[] = [];
    for await (const _batch of search.run()) seen.push(search.progress.searchedBytes);
    const { searchedBytes, totalBytes } = search.progress;
    expect(searchedBytes).toBe(totalBytes);
    expect(totalBytes).toBeGreaterThan(2_000_000);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen[0]).toBeLessThan(totalBytes);
  });

  test('ends when it is cancelled, and reads no further', async () => {
    const controller = new AbortController();
    const search = await logs.prepare({ q: 'no such thing' }, { signal: controller.signal });
    const run = search.run().next();
    controller.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    expect(search.progress.searchedBytes).toBeLessThan(search.progress.totalBytes);
    expect(messages(await logs.search({ q: 'c9999' }))).toEqual(['c9999']);
  });

  test('reads only what it needs for the first page', async () => {
    const search = await logs.prepare({}, { order: 'newest', linesMax: 10 });
    const run = search.run();
    await run.next();
    await run.return();
    expect(search.progress.searchedBytes).toBeLessThan(search.progress.totalBytes / 2);
  });
});

const key = ({ time, file, offset }: LogLine) => `${time} ${file} ${offset}`;
