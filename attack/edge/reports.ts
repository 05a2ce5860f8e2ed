import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPORT_PASS_HEADER } from '@parley/proto/rest';
import { scrape, total } from '../../tests/harness/records/metrics.ts';
import { atLeast, atMost, mustBe, type Finding } from '../frame/attack.ts';
import { Visitor } from '../frame/visitor.ts';
import { joinOf } from './guest.ts';
import { onEdges, type Edges } from './servers.ts';

const LINES_AT_ONCE = 2_000;
const LINES_PER_SECOND = 50;
const LINES_OF_A_REQUEST = 100;

/** Sends a report past the edge, from the address of a visitor. Resolves with the status. */
async function report(
  { launcher }: Edges,
  name: 'client-logs' | 'client-metrics',
  { visitor, pass, body }: { visitor: Visitor; pass: string; body: object },
): Promise<number> {
  const headers = { ...visitor.headers, 'content-type': 'application/json', [REPORT_PASS_HEADER]: pass };
  const url = `http://127.0.0.1:${launcher.ports.GATEWAY_PORT}/api/${name}`;
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  await response.arrayBuffer();
  return response.status;
}

const linesOf = (traceId: string) =>
  Array.from({ length: LINES_OF_A_REQUEST }, () => ({
    time: Date.now(),
    level: 'error',
    message: 'call failed',
    traceId,
  }));

export const LINES = onEdges({
  name: 'lines',
  description:
    'A stranger writes log lines without a join; a guest writes many, and into the trace of somebody else.',
  async run(edges, scale): Promise<Finding[]> {
    const visitor = new Visitor(edges.launcher);
    const { pass, traceId } = await joinOf(edges.launcher, visitor);
    const other = randomBytes(16).toString('hex');
    const send = (given: string, trace: string) =>
      report(edges, 'client-logs', {
        visitor,
        pass: given,
        body: { sentAt: Date.now(), lines: linesOf(trace) },
      });
    const stranger = await send('', other);
    const forged = await send(pass.replace(traceId, other), other);
    const foreign = await send(pass, other);
    const begunAt = performance.now();
    const requests = (LINES_AT_ONCE / LINES_OF_A_REQUEST) * (scale === 'full' ? 20 : 3);
    for (let sent = 0; sent < requests; sent += 1) await send(pass, traceId);
    const seconds = Math.ceil((performance.now() - begunAt) / 1_000);
    const written = () => edges.launcher.log('browser').filter((line) => line.traceId === traceId).length;
    return [
      mustBe('lines of a stranger', stranger, 401),
      mustBe('lines with a forged pass', forged, 401),
      mustBe('lines in the trace of somebody else', foreign, 400),
      mustBe(
        'lines in that trace',
        edges.launcher.log('browser').filter((line) => line.traceId === other).length,
        0,
      ),
      atLeast('lines of a guest', written(), 1),
      atMost('lines of a guest', written(), LINES_AT_ONCE + LINES_PER_SECOND * (seconds + 1)),
    ];
  },
});

export const METRICS = onEdges({
  name: 'metrics',
  description: 'A stranger and a guest invent reports of bad calls, to raise an alarm.',
  async run(edges, scale): Promise<Finding[]> {
    const visitor = new Visitor(edges.launcher);
    const { pass } = await joinOf(edges.launcher, visitor);
    const body = {
      watchedSeconds: 100_000,
      frozenSeconds: 100_000,
      freezes: 10_000,
      firstFrameSeconds: 3_600,
    };
    const stranger = await report(edges, 'client-metrics', { visitor, pass: '', body });
    const before = await scrape(edges.launcher.ports.GATEWAY_ADMIN_PORT);
    const count = scale === 'full' ? 200 : 30;
    let taken = 0;
    for (let sent = 0; sent < count; sent += 1)
      if ((await report(edges, 'client-metrics', { visitor, pass, body })) === 204) taken += 1;
    const after = await scrape(edges.launcher.ports.GATEWAY_ADMIN_PORT);
    const troubled = (trouble: string) => total(after, 'parley_client_networks_in_trouble', { trouble });
    const watched = (samples: typeof after) => total(samples, 'parley_client_watched_seconds_total');
    return [
      mustBe('a report of a stranger', stranger, 401),
      atLeast('reports of a guest that were taken', taken, 1),
      atMost('of those that were sent at once', taken, 6 + 4),
      atMost('seconds that each was counted', (watched(after) - watched(before)) / taken, 3_000, 's'),
      // The alerts need three.
      atMost('networks with frozen pictures', troubled('frozen'), 1),
      atMost('networks with slow first pictures', troubled('slow_first_frame'), 1),
    ];
  },
});

export const FLOOD_OF_LINES = onEdges({
  name: 'access-log',
  description: 'One address asks far more than it may, to fill the log of nginx and push out the rest.',
  async run({ nginx, logDir }, scale): Promise<Finding[]> {
    const count = scale === 'full' ? 20_000 : 2_000;
    let refused = 0;
    for (let sent = 0; sent < count; sent += 200) {
      const asked = Array.from({ length: 200 }, () => fetch(`${nginx.origin}/api/rooms/aaaa-bbbb-ccc`));
      for (const response of await Promise.all(asked)) {
        if (response.status === 429) refused += 1;
        await response.arrayBuffer();
      }
    }
    const files = readdirSync(join(logDir, 'nginx'));
    const text = files.map((name) => readFileSync(join(logDir, 'nginx', name), 'utf8')).join('');
    const logged = text.split('\n').filter((line) => line.includes('"status":429')).length;
    return [
      atLeast('requests that were refused', refused, 1),
      // One in sixteen, and chance.
      atMost('of them in the log', logged, refused / 8 + 20),
      mustBe('codes of rooms in the log', text.includes('aaaa-bbbb-ccc'), false),
    ];
  },
});
