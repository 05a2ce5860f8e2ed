import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { withDeadline } from '@parley/common/async';
import { waitFor } from '@parley/common/testing';
import type { WireLine } from '../../src/lines/log-line.ts';
import { line } from '../support/log-fixture.ts';
import { TestViewer, type ViewerClient } from '../support/test-viewer.ts';

let viewer: TestViewer;
let client: ViewerClient;

beforeEach(async () => {
  viewer = await TestViewer.start();
  client = viewer.client;
});
afterEach(() => viewer.stop());

const messages = (lines: readonly WireLine[]) => lines.map(({ message }) => message);

describe('the live tail', () => {
  type TailEvent = { event: string; data: { lines?: WireLine[] } };

  async function follow(query: string, events: TailEvent[]): Promise<AbortController> {
    const controller = new AbortController();
    const response = await client.request(`/api/tail?${query}`, { signal: controller.signal });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    void read(response, events).catch(() => undefined);
    await waitFor(() => events.some(({ event }) => event === 'ready'));
    return controller;
  }

  async function read(response: Response, events: TailEvent[]): Promise<void> {
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + chunk).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const match = /^event: (\w+)\ndata: (.*)$/.exec(part);
        if (match)
          events.push({ event: match[1] ?? '', data: JSON.parse(match[2] ?? '') as TailEvent['data'] });
      }
    }
  }

  test('sends each client the new lines that match its filter, until the client goes', async () => {
    await client.logIn();
    viewer.logs.write('media/a-1.ndjson', [line(Date.now(), { msg: 'old' })]);
    const [all, some]: [TailEvent[], TailEvent[]] = [[], []];
    const first = await follow('', all);
    const second = await follow('level=warn&room=r', some);
    viewer.logs.append(
      'media/a-1.ndjson',
      line(Date.now(), { msg: 'one' }),
      line(Date.now() + 1, { msg: 'two', level: 'warn', room: 'r' }),
    );
    const received = (events: TailEvent[]) => messages(events.flatMap(({ data }) => data.lines ?? []));
    await waitFor(() => received(all).length === 2 && received(some).length === 1);
    expect([received(all), received(some)]).toEqual([['one', 'two'], ['two']]);
    first.abort();
    second.abort();
    await waitFor(async () => (await viewer.metrics()).includes('parley_logs_tails{service="logs"} 0'));
  });

  test('refuses an unknown parameter', async () => {
    await client.logIn();
    expect((await client.request('/api/tail?cursor=x')).status).toBe(400);
  });

  test('ends when the service ends', async () => {
    await client.logIn();
    const events: TailEvent[] = [];
    await follow('', events);
    await withDeadline(viewer.close(), 5_000);
    await expect(client.request('/login')).rejects.toThrow();
  });
});
