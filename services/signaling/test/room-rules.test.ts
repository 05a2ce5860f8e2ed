import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startRedis, waitFor, type TestRedis } from '@parley/common/testing';
import { DEFAULT_ROOM_SETTINGS, type RoomCode, type RoomSettings } from '@parley/proto';
import { camera, microphone } from './support/rtp.ts';
import type { TestClient } from './support/test-client.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';
import { sees } from './support/two-instances.ts';

describe('the settings of a room and its hosts, over two instances', () => {
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
    const DATABASE_URL = await backend.postgres.createDatabase(`rules${databases++}`);
    const env = { DATABASE_URL, REDIS_URL: redis.url, LEADER_GRACE_MS: '300' };
    [one, two] = [await backend.signaling(env), await backend.signaling(env)];
    code = await one.createRoom();
  });
  afterEach(() => Promise.all([one.stop(), two.stop()]));

  const store = async (settings: Partial<RoomSettings>): Promise<void> => {
    await one.query('UPDATE rooms.rooms SET settings = $2 WHERE code = $1', [code, JSON.stringify(settings)]);
  };
  const hosts = async (): Promise<string[]> => {
    const observer = await one.joinAs('viewer', code, 'Observer');
    await observer.request('room:leave', {});
    return observer.snapshot.peers
      .filter(({ role }) => role === 'host')
      .map(({ displayName }) => displayName);
  };

  test('where only hosts may unmute or start video, a participant is refused and a host is not', async () => {
    await store({ whoMayUnmute: 'hosts', whoMayStartVideo: 'hosts' });
    const host = await one.joinAs('host', code);
    const guest = await two.joinAs('participant', code);
    expect(guest.snapshot.room.settings).toEqual({
      ...DEFAULT_ROOM_SETTINGS,
      whoMayUnmute: 'hosts',
      whoMayStartVideo: 'hosts',
    });
    expect(await guest.refusal('producer:create', microphone())).toBe('forbidden');
    expect(await guest.refusal('producer:create', camera())).toBe('forbidden');
    const { producerId } = await guest.request('producer:create', { ...microphone(), paused: true });
    expect(await guest.refusal('producer:resume', { producerId })).toBe('forbidden');
    await host.request('peer:ask-to-unmute', { peerId: guest.peerId });
    await sees(guest, guest).updated(({ mayUnmute }) => mayUnmute === true);
    await guest.request('producer:resume', { producerId });
    await host.request('room:mute-all', {});
    await sees(guest, guest).updated(({ producers }) => producers[0]?.pauseReason === 'muted');
    expect(await guest.refusal('producer:resume', { producerId })).toBe('forbidden');
    await host.request('producer:create', camera());
  });

  test('everybody enters muted, and may unmute', async () => {
    await store({ mutedOnEntry: true });
    const guest: TestClient = await two.joinAs('participant', code);
    const { producerId } = await guest.request('producer:create', microphone());
    const { peer } = await sees(guest, guest).updated(({ producers }) => producers.length === 1);
    expect(peer.producers).toMatchObject([{ paused: true, pauseReason: 'muted-on-entry' }]);
    await guest.request('producer:resume', { producerId });
  });

  test('after the last host has left, the one who is there longest becomes host, once', async () => {
    const host = await one.joinAs('host', code, 'Hana');
    const ada = await two.joinAs('participant', code, 'Ada');
    await one.joinAs('participant', code, 'Bob');
    await one.joinAs('viewer', code, 'Vera');
    await host.request('room:leave', {});
    await sees(ada, ada).updated(({ role }) => role === 'host');
    expect((await ada.notified('act:done')).act).toMatchObject({ kind: 'role-changed', byName: null });
    await waitFor(async () => (await hosts()).length === 1);
    expect(await hosts()).toEqual(['Ada']);
  });
});
