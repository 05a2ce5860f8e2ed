import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startRedis, waitFor, type TestRedis } from '@parley/common/testing';
import { PROTOCOL_VERSION, type Notification, type RoomCode } from '@parley/proto';
import { RTP_CAPABILITIES } from './support/rtp.ts';
import type { TestClient } from './support/test-client.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

const KNOCK = { protocol: PROTOCOL_VERSION } as const;
const JOIN = { protocol: PROTOCOL_VERSION, rtpCapabilities: RTP_CAPABILITIES };

/** Hosts and those who wait are on different instances. */
describe('waiting before the room', () => {
  let backend: TestBackend;
  let redis: TestRedis;
  let one: TestSignaling;
  let two: TestSignaling;
  let code: RoomCode;
  let databases = 0;

  beforeAll(async () => {
    [backend, redis] = await Promise.all([TestBackend.start(), startRedis()]);
  }, 60_000);
  afterAll(() => Promise.all([backend.stop(), redis.stop()]));

  beforeEach(async () => {
    const DATABASE_URL = await backend.postgres.createDatabase(`waiting${databases++}`);
    const env = { DATABASE_URL, REDIS_URL: redis.url };
    [one, two] = [await backend.signaling(env), await backend.signaling(env)];
    code = await one.createRoom();
  });
  afterEach(async () => {
    const malformed = [...one.malformed, ...two.malformed];
    await Promise.all([one.stop(), two.stop()]);
    expect(malformed).toEqual([]);
  });

  /** A socket of somebody whose token needs a host. */
  const arrive = async (name: string, at = two): Promise<TestClient> =>
    at.connectWith({ token: await at.waitingToken(code, name) });
  const knock = async (name: string, at = two): Promise<TestClient> => {
    const client = await arrive(name, at);
    expect(await client.request('room:knock', KNOCK)).toEqual({ status: 'waiting' });
    return client;
  };
  const listed = (host: TestClient, ...names: string[]): Promise<Notification<'waiting:changed'>> =>
    host.notified(
      'waiting:changed',
      ({ waiting }) =>
        JSON.stringify(waiting.map(({ displayName }) => displayName)) === JSON.stringify(names),
    );

  test('a person who waits cannot join, is admitted by a host on another instance, and joins', async () => {
    const host = await one.joinAs('host', code, 'Hana');
    const wanda = await arrive('Wanda');
    expect(await wanda.refusal('room:join', JOIN)).toBe('not_admitted');
    expect(await wanda.request('room:knock', KNOCK)).toEqual({ status: 'waiting' });
    expect(await wanda.refusal('room:join', JOIN)).toBe('not_admitted');
    const { waiting } = await listed(host, 'Wanda');
    expect(waiting).toMatchObject([{ guest: true, connected: true }]);
    const peerIds = waiting.map(({ peerId }) => peerId);
    expect(await host.request('door:admit', { peerIds })).toEqual({ admitted: 1 });
    await wanda.notified('door:admitted');
    await wanda.join();
    expect(wanda.peerId).toBe(peerIds[0]);
    await listed(host);
    expect(await host.request('door:admit', { peerIds })).toEqual({ admitted: 0 });
  });

  test('only those who may admit see the list, and those see it who come later or become hosts', async () => {
    const participant = await one.joinAs('participant', code);
    await knock('Wanda');
    await knock('Will', one);
    const late = await one.joinAs('host', code, 'Late');
    await listed(late, 'Wanda', 'Will');
    await participant.settled();
    expect(participant.notifications('waiting:changed')).toEqual([]);
    expect(await participant.refusal('door:admit-all', {})).toBe('forbidden');
    await late.request('peer:set-role', { peerId: participant.peerId, role: 'host' });
    await listed(participant, 'Wanda', 'Will');
    expect(await participant.request('door:admit-all', {})).toEqual({ admitted: 2 });
  });

  test('the list survives a reload of the only host, and a room that nobody is in', async () => {
    const host = await one.joinAs('host', code);
    const wanda = await knock('Wanda');
    await listed(host, 'Wanda');
    await host.request('room:leave', {});
    await waitFor(async () => (await one.service.counts()).rooms === 0);
    const again = await two.joinAs('host', code);
    await listed(again, 'Wanda');
    await again.request('door:admit-all', {});
    await wanda.notified('door:admitted');
  });

  test('a person who is denied reads so, and the same token gets in no more', async () => {
    const host = await one.joinAs('host', code);
    const token = await two.waitingToken(code, 'Wanda');
    const wanda = await two.connectWith({ token });
    await wanda.request('room:knock', KNOCK);
    const { waiting } = await listed(host, 'Wanda');
    const peerId = waiting[0]!.peerId;
    await host.request('door:deny', { peerId });
    expect(await wanda.notified('door:denied')).toEqual({ blocked: false });
    expect(await wanda.notified('session:ended')).toEqual({ reason: 'denied' });
    await listed(host);
    const again = await one.connectWith({ token });
    expect(await again.refusal('room:knock', KNOCK)).toBe('denied');
    expect(await again.refusal('room:join', JOIN)).toBe('not_admitted');
    expect(await host.refusal('door:deny', { peerId })).toBe('peer_not_found');
  });

  test('a lost socket keeps the place for the grace, also on another instance', async () => {
    const host = await one.joinAs('host', code);
    const token = await two.waitingToken(code, 'Wanda');
    const wanda = await two.connectWith({ token });
    await wanda.request('room:knock', KNOCK);
    await knock('Will');
    await listed(host, 'Wanda', 'Will');
    wanda.cut();
    await host.notified('waiting:changed', ({ waiting }) => waiting[0]?.connected === false);
    const back = await one.connectWith({ token });
    expect(await back.request('room:knock', KNOCK)).toEqual({ status: 'waiting' });
    await host.notified(
      'waiting:changed',
      ({ waiting, version }) =>
        waiting[0]?.displayName === 'Wanda' && waiting[0].connected && waiting.length === 2 && version > 0,
    );
    await host.request('door:admit-all', {});
    await back.notified('door:admitted');
    await back.join();
  });

  test('a place that nobody comes back to ends', async () => {
    const host = await one.joinAs('host', code);
    const wanda = await knock('Wanda');
    await listed(host, 'Wanda');
    wanda.cut();
    await host.notified('waiting:changed', ({ waiting }) => waiting[0]?.connected === false);
    await host.notified('waiting:changed', ({ waiting }) => waiting.length === 0);
    await waitFor(async () => (await two.service.counts()).waiting === 0);
  });

  test('somebody who was admitted while the socket was lost is let in', async () => {
    const host = await one.joinAs('host', code);
    const token = await two.waitingToken(code, 'Wanda');
    const wanda = await two.connectWith({ token });
    await wanda.request('room:knock', KNOCK);
    await listed(host, 'Wanda');
    wanda.cut();
    await host.notified('waiting:changed', ({ waiting }) => waiting[0]?.connected === false);
    await host.request('door:admit-all', {});
    const back = await one.connectWith({ token });
    expect(await back.request('room:knock', KNOCK)).toEqual({ status: 'admitted' });
    await back.join();
  });

  test('a token that needs nobody is admitted at once', async () => {
    const client = await two.connect(code, 'Free');
    expect(await client.request('room:knock', KNOCK)).toEqual({ status: 'admitted' });
    await client.join();
  });

  test('the death of an instance takes nobody off the list who knocks again elsewhere', async () => {
    const host = await one.joinAs('host', code);
    const token = await two.waitingToken(code, 'Wanda');
    const wanda = await two.connectWith({ token });
    await wanda.request('room:knock', KNOCK);
    await listed(host, 'Wanda');
    await two.stop();
    const back = await one.connectWith({ token });
    await back.request('room:knock', KNOCK);
    await host.request('door:admit-all', {});
    await back.notified('door:admitted');
  });

  test('what hosts decide is in the log of the room', async () => {
    const host = await one.joinAs('host', code, 'Hana');
    await knock('Wanda');
    await listed(host, 'Wanda');
    await host.request('door:admit-all', {});
    const [act] = (await waitFor(
      async () => {
        const acts = await one.query<{ kind: string; by_name: string; to_name: string }>(
          'SELECT kind, by_name, to_name FROM rooms.acts WHERE room_code = $1',
          [code],
        );
        return acts.length > 0 && acts;
      },
      { what: 'the act' },
    )) as { kind: string; by_name: string; to_name: string }[];
    expect(act).toEqual({ kind: 'admitted', by_name: 'Hana', to_name: 'Wanda' });
  });
});
