import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ConsumerId, RoomCode } from '@parley/proto/ids';
import { BATCHED_RATE, PROTOCOL_VERSION, REQUESTS, type RequestResult } from '@parley/proto/requests';
import { BATCH_MAX } from '@parley/proto/rtp';
import { waitFor } from '@parley/common/testing';
import { microphone, RTP_CAPABILITIES } from './support/rtp.ts';
import type { Refusal, TestClient } from './support/test-client.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

const JOIN = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES };

describe('quantity', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;
  let code: RoomCode;

  const begin = async (env: Record<string, string> = {}): Promise<void> => {
    signaling = await backend.signaling({ RESUME_GRACE_MS: '20000', ...env });
    code = await signaling.createRoom();
  };
  const from = async (address: string, room = code): Promise<TestClient> =>
    signaling.connectWith({ token: await signaling.token(room) }, { 'x-forwarded-for': address });
  const outcome = async (client: TestClient): Promise<string> => {
    const reply = await client.attempt('room:join', JOIN);
    return reply.ok ? 'ok' : reply.error.code;
  };
  const chat = () => ({ clientMessageId: crypto.randomUUID(), toPeerId: null, text: 'hello' });
  /** How many of so many messages at once are taken. */
  const taken = async (client: TestClient, times: number): Promise<number> => {
    const replies = await Promise.all(
      Array.from({ length: times }, () => client.attempt('chat:send', chat())),
    );
    return replies.filter(({ ok }) => ok).length;
  };

  beforeAll(async () => {
    backend = await TestBackend.start();
  }, 180_000);
  afterAll(() => backend.stop());
  afterEach(async () => {
    const { malformed } = signaling;
    await signaling.stop();
    expect(malformed).toEqual([]);
  });

  describe('of what one peer sends', () => {
    beforeEach(() => begin());

    test('a resume on another socket gives nothing back', async () => {
      const ada = await signaling.join(code, 'Ada');
      const startedAt = performance.now();
      let sent = await taken(ada, 20);
      let current = ada;
      for (let resumes = 0; resumes < 3; resumes += 1) {
        current = await signaling.reconnect(current);
        await current.resume();
        sent += await taken(current, 20);
      }
      const { burst, perSecond } = REQUESTS['chat:send'].rate;
      expect(sent).toBeGreaterThanOrEqual(burst);
      expect(sent).toBeLessThanOrEqual(burst + perSecond * ((performance.now() - startedAt) / 1_000) + 1);
    });

    test('the consumers that its batches name are counted, and others go on', async () => {
      const [ada, bob] = [await signaling.join(code, 'Ada'), await signaling.join(code, 'Bob')];
      const consumerIds = Array.from({ length: BATCH_MAX }, () => crypto.randomUUID() as ConsumerId);
      const ask = (client: TestClient) => client.attempt('consumer:close', { consumerIds });
      const { burst, perSecond } = BATCHED_RATE;
      const startedAt = performance.now();
      const replies = await Promise.all(Array.from({ length: 40 }, () => ask(ada)));
      const named = BATCH_MAX * replies.filter(({ ok }) => ok).length;
      expect(named).toBeGreaterThan(burst - BATCH_MAX);
      expect(named).toBeLessThanOrEqual(burst + perSecond * ((performance.now() - startedAt) / 1_000) + 1);
      const refused = replies.flatMap((reply) => (reply.ok ? [] : [reply.error]));
      expect(refused[0]).toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
      expect(await ask(bob)).toMatchObject({ ok: true });
    });

    test('a producer cannot be made again and again, and a mute is not refused for it', async () => {
      const ada = await signaling.join(code, 'Ada');
      const startedAt = performance.now();
      let made = 0;
      for (let turn = 0; turn < 30; turn += 1) {
        const reply = await ada.attempt('producer:create', microphone());
        if (!reply.ok) continue;
        made += 1;
        const { producerId } = reply.data as RequestResult<'producer:create'>;
        await ada.request('producer:pause', { producerId });
        await ada.request('producer:close', { producerId });
      }
      const { burst, perSecond } = REQUESTS['producer:create'].rate;
      expect(made).toBeGreaterThanOrEqual(burst);
      expect(made).toBeLessThanOrEqual(burst + perSecond * ((performance.now() - startedAt) / 1_000) + 1);
    });

    test('a second join with the same token gives nothing back', async () => {
      const token = await signaling.token(code);
      const first = await (await signaling.connectWith({ token })).join();
      await taken(first, 20);
      const second = await (await signaling.connectWith({ token })).join();
      const reply = await second.attempt('chat:send', chat());
      if (!reply.ok)
        expect(reply.error).toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
      expect(await taken(second, 20)).toBeLessThan(10);
    });

    test('the transport ends when the client leaves the namespace', async () => {
      const ada = await signaling.join(code, 'Ada');
      const { transport } = ada.socket.io.engine as unknown as {
        transport: { ws: { send(text: string): void } };
      };
      transport.ws.send('41');
      await waitFor(() => !ada.socket.connected, { what: 'the transport ends' });
    });
  });

  describe('of what a room hears', () => {
    beforeEach(() => begin({ ROOM_EVENTS_PER_SECOND: '1' }));

    test('is bounded for all its people together, and other rooms have their own', async () => {
      const other = await signaling.createRoom();
      const elsewhere = await signaling.join(other, 'Zoe');
      const [ada, bob] = [await signaling.join(code, 'Ada'), await signaling.join(code, 'Bob')];
      expect((await taken(ada, 2)) + (await taken(bob, 2))).toBeLessThanOrEqual(3);
      const reply = await bob.attempt('chat:send', chat());
      expect(reply).toMatchObject({
        ok: false,
        error: { code: 'room_busy', retryAfterMs: expect.any(Number) },
      });
      expect(await taken(elsewhere, 2)).toBe(2);
      const hands = await Promise.all(
        [ada, bob].flatMap((one) =>
          Array.from({ length: 5 }, () => one.attempt('peer:set-hand', { raised: true })),
        ),
      );
      expect(hands.filter(({ ok }) => ok).length).toBeLessThan(8);
    });

    test('counts newcomers, and refuses none who only comes back', async () => {
      const outcomes: string[] = [];
      const clients = await Promise.all(Array.from({ length: 10 }, () => signaling.connect(code)));
      for (const client of clients) outcomes.push(await outcome(client));
      expect(outcomes.filter((one) => one === 'ok').length).toBeGreaterThanOrEqual(5);
      expect(outcomes).toContain('room_busy');
    });
  });

  describe('of one address', () => {
    const limits = { ROOM_PEERS_PER_ADDRESS: '2', ROOMS_PER_ADDRESS: '2', JOINS_PER_ADDRESS: '30' };
    beforeEach(() => begin(limits));

    test('its people in one room are bounded, also when they join at once', async () => {
      const clients = await Promise.all(Array.from({ length: 5 }, () => from('198.51.100.1')));
      const outcomes = await Promise.all(clients.map(outcome));
      expect(outcomes.toSorted()).toEqual([
        'address_limited',
        'address_limited',
        'address_limited',
        'ok',
        'ok',
      ]);
      const friend = await from('198.51.100.2');
      expect(await outcome(friend)).toBe('ok');
      const [inside] = clients.filter((_, index) => outcomes[index] === 'ok');
      await inside?.request('room:leave', {});
      expect(await outcome(await from('198.51.100.1'))).toBe('ok');
      expect(await outcome(await from('198.51.100.1'))).toBe('address_limited');
    });

    test('its live rooms are bounded, until one of them ends', async () => {
      const rooms = await Promise.all([1, 2, 3].map(() => signaling.createRoom()));
      const clients = await Promise.all(rooms.map((room) => from('198.51.100.1', room)));
      const outcomes: string[] = [];
      for (const client of clients) outcomes.push(await outcome(client));
      expect(outcomes).toEqual(['ok', 'ok', 'address_limited']);
      expect(await outcome(await from('198.51.100.2', rooms[2]))).toBe('ok');
      await clients[0]?.request('room:leave', {});
      expect(await outcome(await from('198.51.100.1'))).toBe('ok');
    });

    test('its joins are bounded', async () => {
      const token = await signaling.token(code);
      const outcomes = new Set<string>();
      await waitFor(
        async () => {
          const client = await signaling.connectWith({ token }, { 'x-forwarded-for': '198.51.100.3' });
          outcomes.add(await outcome(client));
          client.close();
          return outcomes.has('rate_limited');
        },
        { what: 'a join is refused', timeoutMs: 20_000 },
      );
      expect(await outcome(await from('198.51.100.4'))).toBe('ok');
    });
  });

  describe('of connections that nobody joins with', () => {
    beforeEach(() => begin({ HALF_OPEN_PER_ADDRESS: '3' }));

    test('is bounded: the oldest goes, and who has joined stays', async () => {
      const inside = await signaling.join(code, 'Ada');
      const held = await Promise.all(Array.from({ length: 3 }, () => signaling.connect(code)));
      const newest = await signaling.connect(code);
      await waitFor(() => held.filter(({ socket }) => socket.connected).length === 2, {
        what: 'the oldest is ended',
      });
      expect((await signaling.service.counts()).halfOpen).toBe(3);
      await newest.join();
      expect(inside.socket.connected).toBe(true);
      expect((await signaling.service.counts()).halfOpen).toBe(2);
      expect(await signaling.metrics()).toMatch(/transports_cut_total\{why="half-open"[^}]*\} 1\n/);
    });
  });

  describe('of sockets with one token', () => {
    beforeEach(() => begin());

    test('the last of four that join at once stays', async () => {
      const token = await signaling.token(code);
      const clients = await Promise.all([1, 2, 3, 4].map(() => signaling.connectWith({ token })));
      const outcomes = await Promise.all(clients.map((client) => outcome(client).catch(() => 'lost')));
      await waitFor(() => clients.filter(({ socket }) => socket.connected).length === 1, {
        what: 'three are ended',
      });
      const [last] = clients.filter(({ socket }) => socket.connected);
      expect(outcomes.at(-1)).toBe('ok');
      expect(last).toBe(clients.at(-1));
      await last?.request('room:ping', {});
    });
  });

  describe('of people who have one resume secret', () => {
    beforeEach(() => begin());
    const codeOf = async (resumeSecret: string) =>
      signaling.connectWith({ resumeSecret }).then(
        () => 'let in',
        (error: unknown) => (error as Refusal).body?.code,
      );

    test('may be two while the successor was not used, because its reply may be lost', async () => {
      const ada = await signaling.join(code, 'Ada');
      const bob = await signaling.join(code, 'Bob');
      await (await signaling.reconnect(ada)).resume();
      await (await signaling.reconnect(ada)).resume();
      expect(bob.notifications('peer:left')).toEqual([]);
    });

    test('ends the peer when one of them uses it after its successor, and notifies the other', async () => {
      const ada = await signaling.join(code, 'Ada');
      const bob = await signaling.join(code, 'Bob');
      const second = await signaling.reconnect(ada);
      await second.resume();
      const third = await signaling.reconnect(second);
      await third.resume();
      expect(await codeOf(ada.resumeSecret)).toBe('resume_rejected');
      expect(await third.notified('session:ended')).toEqual({ reason: 'secret-reused' });
      expect(await bob.notified('peer:left')).toEqual({ peerId: ada.peerId, reason: 'left' });
      expect(await codeOf(third.resumeSecret)).toBe('resume_rejected');
      expect(await signaling.metrics()).toMatch(/peers_left_total\{reason="secret-reused"[^}]*\} 1\n/);
    });
  });
});
