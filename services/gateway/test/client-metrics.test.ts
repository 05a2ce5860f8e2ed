import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMetrics } from '@parley/common/service';
import { newTraceId } from '@parley/common/logging';
import { REPORT_PASS_HEADER } from '@parley/proto/rest';
import { QualityWatch } from '../src/reports/quality-watch.ts';
import { ReportPasses } from '../src/reports/report-passes.ts';
import { LOG_KEY, RoomOwner, startGateway, type Gateway } from './gateway-harness.ts';

const FULL = {
  firstFrameSeconds: 0.4,
  firstAudioSeconds: 0.3,
  watchedSeconds: 24,
  freezes: 2,
  frozenSeconds: 1.5,
  concealedAudioRatio: 0.02,
  roundTripSeconds: 0.03,
  audioLossRatio: 0.01,
  videoLossRatio: 0.04,
  receivedHeight: 720,
  icePath: 'relay_tcp',
  deviceErrors: [{ device: 'camera', problem: 'busy' }],
  recoveries: [{ step: 'restart', outcome: 'recovered', seconds: 0.8 }],
};

describe('the metrics of browsers', () => {
  let gateway: Gateway;

  beforeEach(async () => {
    gateway = await startGateway({ signaling: ['127.0.0.1:1'], rateFactor: 1 });
  });

  afterEach(() => gateway.close());

  const passes = new ReportPasses(LOG_KEY);
  const send = (report: unknown, pass = passes.issue(newTraceId()), client = '203.0.113.1') =>
    gateway.post('/api/client-metrics', report, { [REPORT_PASS_HEADER]: pass, 'x-forwarded-for': client });

  async function value(series: string): Promise<number | undefined> {
    const found = (await gateway.metricsText())
      .split('\n')
      .find(
        (line) =>
          line.startsWith(`${series},`) || line.startsWith(`${series}{`) || line.startsWith(`${series} `),
      );
    return found === undefined ? undefined : Number(found.split(' ').at(-1));
  }

  test('are there before the first report, with every label', async () => {
    for (const path of ['udp', 'tcp', 'relay_udp', 'relay_tcp'])
      expect(await value(`parley_client_ice_path_total{path="${path}"`)).toBe(0);
    for (const outcome of ['accepted', 'invalid', 'rate_limited'])
      expect(await value(`parley_client_reports_total{outcome="${outcome}"`)).toBe(0);
    expect(await value('parley_client_device_errors_total{device="microphone",problem="denied"')).toBe(0);
    expect(await value('parley_client_first_frame_seconds_count')).toBe(0);
    const text = await gateway.metricsText();
    for (const kind of ['audio', 'video'])
      expect(text).toMatch(new RegExp(`parley_client_loss_ratio_count\\{.*kind="${kind}".*\\} 0`));
  });

  test('count each value of a report', async () => {
    const answer = await send(FULL);
    expect(answer.status).toBe(204);
    expect(await value('parley_client_first_frame_seconds_sum')).toBe(0.4);
    expect(await value('parley_client_first_audio_seconds_sum')).toBe(0.3);
    expect(await value('parley_client_watched_seconds_total')).toBe(24);
    expect(await value('parley_client_freezes_total')).toBe(2);
    expect(await value('parley_client_frozen_seconds_total')).toBe(1.5);
    expect(await value('parley_client_concealed_audio_ratio_sum')).toBe(0.02);
    expect(await value('parley_client_rtt_seconds_sum')).toBe(0.03);
    expect(await value('parley_client_received_height_pixels_sum')).toBe(720);
    expect(await value('parley_client_ice_path_total{path="relay_tcp"')).toBe(1);
    expect(await value('parley_client_device_errors_total{device="camera",problem="busy"')).toBe(1);
    const text = await gateway.metricsText();
    expect(text).toMatch(/parley_client_recovery_seconds_sum\{.*step="restart",outcome="recovered".*\} 0\.8/);
    expect(text).toMatch(/parley_client_loss_ratio_sum\{.*kind="audio".*\} 0\.01/);
    expect(text).toMatch(/parley_client_loss_ratio_sum\{.*kind="video".*\} 0\.04/);
    expect(await value('parley_client_reports_total{outcome="accepted"')).toBe(1);
  });

  test('do not change for a value that a report leaves out', async () => {
    await send({});
    expect(await value('parley_client_first_frame_seconds_count')).toBe(0);
    expect(await value('parley_client_reports_total{outcome="accepted"')).toBe(1);
  });

  test.each<[string, unknown]>([
    ['an unknown key', { ...FULL, room: 'abcd-efgh-jkm' }],
    ['a number out of its range', { concealedAudioRatio: 1.5 }],
    ['a negative number', { freezes: -1 }],
    ['a text instead of a number', { roundTripSeconds: 'NaN' }],
    ['an unknown label', { icePath: 'carrier pigeon' }],
    ['an unknown device', { deviceErrors: [{ device: 'x', problem: 'busy' }] }],
    ['an unknown step', { recoveries: [{ step: 'x', outcome: 'recovered', seconds: 1 }] }],
    ['no object', []],
  ])('refuse %s', async (_what, report) => {
    expect((await send(report)).status).toBe(400);
    expect(await value('parley_client_reports_total{outcome="invalid"')).toBe(1);
    expect(await value('parley_client_first_frame_seconds_count')).toBe(0);
  });

  test('take no report without a pass, and few of one call', async () => {
    expect((await gateway.post('/api/client-metrics', FULL)).status).toBe(401);
    expect((await send(FULL, 'forged')).status).toBe(401);
    const pass = passes.issue(newTraceId());
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await send({}, pass)).status);
    expect(statuses.slice(0, 6)).toEqual(Array<number>(6).fill(204));
    expect(statuses).toContain(429);
    expect((await send({})).status).toBe(204);
  });

  test('take no more seconds from a report than a call can have', async () => {
    await send({ watchedSeconds: 100_000, frozenSeconds: 100_000, freezes: 10_000 });
    await send({ frozenSeconds: 100_000 });
    expect(await value('parley_client_watched_seconds_total')).toBe(3_000);
    expect(await value('parley_client_frozen_seconds_total')).toBe(3_000);
    expect(await value('parley_client_freezes_total')).toBe(1_000);
  });

  test('count a network once, however much it reports', async () => {
    for (let n = 0; n < 30; n += 1)
      await send(
        { watchedSeconds: 60, frozenSeconds: 60, firstFrameSeconds: 30 },
        undefined,
        `2001:db8:1:${n}::1`,
      );
    for (const host of [2, 3, 4]) await send({ watchedSeconds: 60 }, undefined, `203.0.113.${host}`);
    expect(await value('parley_client_networks{trouble="frozen"')).toBe(4);
    expect(await value('parley_client_networks_in_trouble{trouble="frozen"')).toBe(1);
    expect(await value('parley_client_networks{trouble="slow_first_frame"')).toBe(1);
    expect(await value('parley_client_networks_in_trouble{trouble="slow_first_frame"')).toBe(1);
  });

  test('are limited by address', async () => {
    const answers = await Promise.all(Array.from({ length: 400 }, () => send({})));
    const refused = answers.filter(({ status }) => status === 429).length;
    expect(refused).toBeGreaterThan(0);
    expect(await value('parley_client_reports_total{outcome="rate_limited"')).toBe(refused);
  });
});

test('the networks in trouble are forgotten after ten minutes, and no more than a bound are looked at', () => {
  const clock = { ms: 0 };
  const watch = new QualityWatch(createMetrics('test').registry, () => clock.ms);
  for (let n = 0; n < 20_000; n += 1)
    watch.add(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, { watchedSeconds: 30, frozenSeconds: n % 2 });
  expect(watch.count('frozen')).toEqual({ troubled: 2_500, all: 5_000 });
  clock.ms += 6 * 60_000;
  watch.add('192.0.2.1', { watchedSeconds: 30, frozenSeconds: 1 });
  expect(watch.count('frozen')).toEqual({ troubled: 2_501, all: 5_001 });
  clock.ms += 5 * 60_000;
  expect(watch.count('frozen')).toEqual({ troubled: 1, all: 1 });
  clock.ms += 10 * 60_000;
  expect(watch.count('frozen')).toEqual({ troubled: 0, all: 0 });
});

test('a call gets with its join token the permission to report, for its own trace', async () => {
  const owner = await RoomOwner.create();
  const gateway = await startGateway({ signaling: [owner.address] });
  const { code } = (await (await gateway.post('/api/rooms', {})).json()) as { code: string };
  const joined = await gateway.post(`/api/rooms/${code}/join`, { displayName: 'Ada' });
  const { traceId } = (await joined.json()) as { traceId: string };
  expect(new ReportPasses(LOG_KEY).verify(joined.headers.get(REPORT_PASS_HEADER))).toBe(traceId);
  const refused = await gateway.post('/api/rooms/zzzz-zzzz-zzz/join', { displayName: 'Ada' });
  expect(refused.headers.has(REPORT_PASS_HEADER)).toBe(false);
  await gateway.close();
  await owner.close();
});

test.each([
  [0, false],
  [100, true],
])(
  'with %i percent of the stays asked, reportMetrics of a join is %s',
  async (clientMetricsPercent, expected) => {
    const owner = await RoomOwner.create();
    const gateway = await startGateway({ signaling: [owner.address], clientMetricsPercent });
    const { code } = (await (await gateway.post('/api/rooms', {})).json()) as { code: string };
    const joined = await gateway.post(`/api/rooms/${code}/join`, { displayName: 'Ada' });
    expect(await joined.json()).toMatchObject({ reportMetrics: expected });
    await gateway.close();
    await owner.close();
  },
);
