import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RoomOwner, startGateway, type Gateway } from './gateway-harness.ts';

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
};

describe('the metrics of browsers', () => {
  let gateway: Gateway;

  beforeEach(async () => {
    gateway = await startGateway({ signaling: ['127.0.0.1:1'], rateFactor: 1 });
  });

  afterEach(() => gateway.close());

  const send = (report: unknown) => gateway.post('/api/client-metrics', report);

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
    ['no object', []],
  ])('refuse %s', async (_what, report) => {
    expect((await send(report)).status).toBe(400);
    expect(await value('parley_client_reports_total{outcome="invalid"')).toBe(1);
    expect(await value('parley_client_first_frame_seconds_count')).toBe(0);
  });

  test('are limited by address', async () => {
    const answers = await Promise.all(Array.from({ length: 400 }, () => send({})));
    const refused = answers.filter(({ status }) => status === 429).length;
    expect(refused).toBeGreaterThan(0);
    expect(await value('parley_client_reports_total{outcome="rate_limited"')).toBe(refused);
  });
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
