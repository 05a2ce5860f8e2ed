import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startRedis, waitFor, type TestRedis } from '@parley/common/testing';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import { RTP_CAPABILITIES } from './support/rtp.ts';
import { TestClient } from './support/test-client.ts';
import { TestBackend } from './support/test-signaling.ts';
import { TwoInstances } from './support/two-instances.ts';

const JOIN = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES };

describe('quantity on two instances', () => {
  let backend: TestBackend;
  let redis: TestRedis;
  let both: TwoInstances;

  const chat = () => ({ clientMessageId: crypto.randomUUID(), toPeerId: null, text: 'hello' });
  const taken = async (client: TestClient, times: number): Promise<number> => {
    const replies = await Promise.all(
      Array.from({ length: times }, () => client.attempt('chat:send', chat())),
    );
    return replies.filter(({ ok }) => ok).length;
  };
  const resumeOn = async (url: string, client: TestClient): Promise<TestClient> => {
    const next = await TestClient.connect(url, { resumeSecret: client.resumeSecret });
    await next.resume();
    return next;
  };

  beforeAll(async () => {
    [backend, redis] = await Promise.all([TestBackend.start(), startRedis()]);
  }, 180_000);
  afterAll(async () => {
    await Promise.all([backend?.stop(), redis?.stop()]);
  });
  afterEach(() => both.stop());

  describe('with a room that takes everything', () => {
    beforeEach(async () => {
      const env = { ROOM_EVENTS_PER_SECOND: '1000' };
      both = await TwoInstances.start(backend, redis, { one: env, two: env });
    });

    test('a peer that goes to and fro gains one burst, not one with each turn', async () => {
      const startedAt = performance.now();
      let current = both.ada;
      let sent = await taken(current, 30);
      for (let turns = 0; turns < 6; turns += 1) {
        current = await resumeOn(turns % 2 === 0 ? both.two.url : both.one.url, current);
        sent += await taken(current, 30);
      }
      const seconds = (performance.now() - startedAt) / 1_000;
      // A burst, another one on the second instance, the rate, and the part of a burst that a minute brings.
      expect(sent).toBeGreaterThanOrEqual(20);
      expect(sent).toBeLessThanOrEqual(20 + 2 * seconds + 10 * (seconds / 60) + 2);
      current.close();
    });

    test('the last of four sockets with one token stays, wherever they are', async () => {
      const token = await both.one.token(both.code);
      const urls = [both.one.url, both.two.url, both.one.url, both.two.url];
      const clients = await Promise.all(urls.map((url) => TestClient.connect(url, { token })));
      for (const client of clients) await client.attempt('room:join', JOIN);
      await waitFor(() => clients.filter(({ socket }) => socket.connected).length === 1, {
        what: 'three are ended',
      });
      expect(clients.at(-1)?.socket.connected).toBe(true);
      await clients.at(-1)?.request('room:ping', {});
      clients.at(-1)?.close();
    });
  });

  describe('with a room of the usual kind', () => {
    beforeEach(async () => {
      const env = { ROOM_EVENTS_PER_SECOND: '2', ROOM_PEERS_PER_ADDRESS: '2' };
      both = await TwoInstances.start(backend, redis, { one: env, two: env });
    });

    test('what people on one instance write counts on the other', async () => {
      expect(await taken(both.ada, 10)).toBeGreaterThanOrEqual(4);
      await waitFor(() => both.bob.notifications('chat:received').length >= 4, { what: 'bob reads it' });
      expect(await taken(both.bob, 10)).toBeLessThanOrEqual(2);
    });

    test('the people of one address are counted together', async () => {
      const third = await both.one.connect(both.code, 'Carl');
      expect(await third.refusal('room:join', JOIN)).toBe('address_limited');
      const fourth = await both.two.connect(both.code, 'Dora');
      expect(await fourth.refusal('room:join', JOIN)).toBe('address_limited');
    });
  });
});
