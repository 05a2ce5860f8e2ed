import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { WireLine } from '../../src/lines/log-line.ts';
import { line, START } from '../support/log-fixture.ts';
import { TestViewer, type ViewerClient } from '../support/test-viewer.ts';

let viewer: TestViewer;
let client: ViewerClient;

beforeEach(async () => {
  viewer = await TestViewer.start();
  client = viewer.client;
});
afterEach(() => viewer.stop());

const messages = (lines: readonly WireLine[]) => lines.map(({ message }) => message);

describe('a page of lines', () => {
  beforeEach(async () => {
    await client.logIn();
    const lines = Array.from({ length: 1_000 }, (_, n) => line(START + n, { n, msg: `m${n}` }));
    viewer.logs.write(
      'media/a-1.ndjson',
      lines.filter((_, n) => n % 2 === 0),
    );
    viewer.logs.write(
      'media/b-1.ndjson',
      lines.filter((_, n) => n % 2 === 1),
    );
  });

  test('begins with the newest line', async () => {
    const { lines } = await client.page({ limit: '3' });
    expect(messages(lines)).toEqual(['m999', 'm998', 'm997']);
    expect(lines[0]).toMatchObject({
      service: 'media',
      instance: 'b-1',
      level: 'info',
      time: START + 999,
      isJson: true,
    });
  });

  test.each(['newest', 'oldest'])(
    'is followed by further pages until all lines were sent once, %s first',
    async (order) => {
      const all: WireLine[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page = await client.page({ order, limit: '77', cursor });
        all.push(...page.lines);
        cursor = page.next;
      }
      expect(new Set(all.map(({ id }) => id)).size).toBe(1_000);
      const expected = Array.from({ length: 1_000 }, (_, n) => `m${n}`);
      expect(messages(all)).toEqual(order === 'oldest' ? expected : expected.toReversed());
    },
  );

  test('ends with how much was searched', async () => {
    const end = (await client.events({ q: 'nothing like it' })).at(-1)?.end;
    expect(end?.next).toBeNull();
    expect(end?.progress.searchedBytes).toBe(end?.progress.totalBytes);
    expect(end?.progress.totalBytes).toBeGreaterThan(50_000);
  });

  test('begins before or behind the line of its cursor', async () => {
    const [middle] = (await client.page({ q: 'm500' })).lines;
    const before = await client.page({ cursor: middle!.id, order: 'newest', limit: '2' });
    const after = await client.page({ cursor: middle!.id, order: 'oldest', limit: '2' });
    expect([messages(before.lines), messages(after.lines)]).toEqual([
      ['m499', 'm498'],
      ['m501', 'm502'],
    ]);
  });

  const REFUSED: [string, Record<string, string>][] = [
    ['an unknown parameter', { unknown: '1' }],
    ['an unknown level', { level: 'loud' }],
    ['a time in words', { from: 'yesterday' }],
    ['a time beyond all times', { from: '99999999999999999' }],
    ['an unknown order', { order: 'random' }],
    ['an empty page', { limit: '0' }],
    ['a huge page', { limit: '100000' }],
    ['a cursor that is not one', { cursor: 'x' }],
    ['a cursor of something else', { cursor: Buffer.from('[1,2,{},4]').toString('base64url') }],
    ['a value that is too long', { trace: 'x'.repeat(1_000) }],
    ['a prototype key', { constructor: '1' }],
  ];

  test.each(REFUSED)('refuses %s', async (_what, query) => {
    const response = await client.request(`/api/lines?${new URLSearchParams(query).toString()}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_request' } });
  });

  test('refuses a parameter that is given twice', async () => {
    expect((await client.request('/api/lines?level=info&level=warn')).status).toBe(400);
  });

  test('cannot name a file', async () => {
    for (const path of [
      '/api/lines?file=../../etc/passwd',
      '/assets/..%2f..%2fpackage.json',
      '/../package.json',
      '/web/app.js',
    ]) {
      expect((await client.request(path)).status).toBeGreaterThanOrEqual(400);
    }
  });

  test('the sources list services, instances and files', async () => {
    expect(await (await client.request('/api/sources')).json()).toMatchObject({
      files: 2,
      services: [{ name: 'media', instances: ['a-1', 'b-1'] }],
    });
  });
});

describe('a name that looks like a log line or a page', () => {
  const NAME = 'Eve\n{"level":"info","msg":"forged"}\r\u001b[2J</script><img src=x onerror=alert(1)>\u202e';

  test('stays in its line, on the wire and in the download', async () => {
    await client.logIn();
    viewer.logs.write('media/a-1.ndjson', [line(START, { displayName: NAME, msg: 'joined' })]);
    const events = await (await client.request('/api/lines')).text();
    expect(
      events
        .trimEnd()
        .split('\n')
        .filter((text) => text.includes('forged')),
    ).toHaveLength(1);
    const { lines } = await client.page();
    expect(lines).toHaveLength(1);
    expect((JSON.parse(lines[0]!.text) as { displayName: string }).displayName).toBe(NAME);
    const download = await (await client.request('/api/download')).text();
    expect(download.split('\n')).toHaveLength(2);
  });

  test('is never sent as a page', async () => {
    await client.logIn();
    viewer.logs.write('media/a-1.ndjson', [line(START, { displayName: NAME })]);
    for (const path of ['/api/lines', '/api/download']) {
      const { headers } = await client.request(path);
      expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    }
  });
});

describe('a download', () => {
  test('has the whole result in order, as it was written', async () => {
    await client.logIn();
    const lines = Array.from({ length: 30_000 }, (_, n) => line(START + n, { n, traceId: `t${n % 3}` }));
    viewer.logs.write('media/a-1.ndjson', lines.slice(0, 15_000));
    viewer.logs.write('media/b-1.ndjson', lines.slice(15_000));
    const response = await client.request('/api/download?order=oldest&trace=t1');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="parley-logs-\w+\.ndjson"$/,
    );
    expect(await response.text()).toBe(
      lines
        .filter((_, n) => n % 3 === 1)
        .map((text) => `${text}\n`)
        .join(''),
    );
  });

  test('consists of JSON lines, even if the log lines are not JSON', async () => {
    await client.logIn();
    viewer.logs.write('media/a-1.ndjson', [
      line(START),
      'Segmentation fault',
      `{"x":"${'y'.repeat(100_000)}"}`,
    ]);
    const text = await (await client.request('/api/download?order=oldest')).text();
    const parsed = text
      .trimEnd()
      .split('\n')
      .map((part) => JSON.parse(part) as Record<string, unknown>);
    expect(parsed[1]).toMatchObject({
      text: 'Segmentation fault',
      service: 'media',
      instance: 'a-1',
      isCut: false,
    });
    expect(parsed[2]).toMatchObject({ isCut: true });
  });
});

describe('a search whose client has gone', () => {
  test('ends, and leaves its place to the next search', async () => {
    await client.logIn();
    for (const name of ['a', 'b', 'c', 'd']) {
      viewer.logs.write(
        `media/${name}-1.ndjson`,
        Array.from({ length: 40_000 }, (_, n) => line(START + n, { fill: 'x'.repeat(200) })),
      );
    }
    const gone = Array.from({ length: 4 }, async () => {
      const controller = new AbortController();
      const request = client.request('/api/lines?q=nothing', { signal: controller.signal });
      await request;
      controller.abort();
    });
    await Promise.all(gone);
    await waitFor(async () => (await client.request('/api/lines?limit=1')).status === 200);
    await waitFor(async () =>
      /search_seconds_count\{[^}]*outcome="cancelled"[^}]*\} [1-4]/.test(await viewer.metrics()),
    );
  });
});
