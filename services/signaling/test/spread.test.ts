import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { Spread } from '../src/limits/spread.ts';
import { RTP_CAPABILITIES } from './support/rtp.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

describe('what comes all at once', () => {
  let now = 1_000;
  const make = () => new Spread({ burst: 10, perSecond: 10 }, () => now);

  test('goes through up to a burst, and each of the others gets a later time', () => {
    const spread = make();
    const waits = Array.from({ length: 15 }, () => spread.take());
    expect(waits.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(waits.slice(10)).toEqual([100, 200, 300, 400, 500]);
  });

  test('goes through at the time that it was given, without a second refusal', () => {
    const spread = make();
    const waits = Array.from({ length: 40 }, () => spread.take()).filter((wait) => wait > 0);
    const begin = now;
    expect(waits).toHaveLength(30);
    for (const wait of waits) {
      now = begin + wait;
      expect(spread.take()).toBe(0);
    }
  });

  test('waits five seconds at most, and is forgotten after a pause', () => {
    const spread = make();
    const waits = Array.from({ length: 200 }, () => spread.take());
    expect(Math.max(...waits)).toBe(5_000);
    now += 60_000;
    expect(Array.from({ length: 11 }, () => spread.take()).filter((wait) => wait === 0)).toHaveLength(10);
  });
});

describe('clients that come back at once', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;

  beforeAll(async () => {
    backend = await TestBackend.start();
    signaling = await backend.signaling({ RETURNS_PER_SECOND: '1', RESUME_GRACE_MS: '30000' });
  }, 180_000);
  afterAll(async () => {
    await signaling.stop();
    await backend.stop();
  });

  test('open their media again one after the other, and continue as their peers in the same way', async () => {
    const code = await signaling.createRoom();
    const [ada, bob] = [await signaling.join(code, 'Ada'), await signaling.join(code, 'Bob')];
    await ada.reopen();
    const refused = await bob.attempt('media:reopen', { rtpCapabilities: RTP_CAPABILITIES });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'unavailable', retryAfterMs: expect.any(Number) },
    });
    await waitFor(async () => (await bob.attempt('media:reopen', { rtpCapabilities: RTP_CAPABILITIES })).ok, {
      intervalMs: 300,
    });

    for (const client of [ada, bob]) client.cut();
    await (await signaling.reconnect(ada)).resume();
    const resume = async () => (await signaling.reconnect(bob)).resume();
    await expect(resume()).rejects.toThrow('unavailable');
    await waitFor(() => resume().catch(() => undefined), { intervalMs: 500 });
  });
});
