import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import { DEFAULT_ROOM_SETTINGS, type RoomSettings } from '@parley/proto/room';
import { camera, microphone } from './support/rtp.ts';
import { useTwoInstances } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';
import { sees } from './support/two-instances.ts';

describe('the settings of a room and its hosts, over two instances', () => {
  const call = useTwoInstances(async () => undefined, { LEADER_GRACE_MS: '300' });

  const store = async (settings: Partial<RoomSettings>): Promise<void> => {
    await call.one.query('UPDATE rooms.rooms SET settings = $2 WHERE code = $1', [
      call.code,
      JSON.stringify(settings),
    ]);
  };
  const hosts = async (): Promise<string[]> => {
    const observer = await call.one.joinAs('viewer', call.code, 'Observer');
    await observer.request('room:leave', {});
    return observer.snapshot.peers
      .filter(({ role }) => role === 'host')
      .map(({ displayName }) => displayName);
  };

  test('where only hosts may unmute or start video, a participant is refused and a host is not', async () => {
    await store({ whoMayUnmute: 'hosts', whoMayStartVideo: 'hosts' });
    const host = await call.one.joinAs('host', call.code);
    const guest = await call.two.joinAs('participant', call.code);
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
    const guest: TestClient = await call.two.joinAs('participant', call.code);
    const { producerId } = await guest.request('producer:create', microphone());
    const { peer } = await sees(guest, guest).updated(({ producers }) => producers.length === 1);
    expect(peer.producers).toMatchObject([{ paused: true, pauseReason: 'muted-on-entry' }]);
    await guest.request('producer:resume', { producerId });
  });

  test('after the last host has left, the one who is there longest becomes host, once', async () => {
    const host = await call.one.joinAs('host', call.code, 'Hana');
    const ada = await call.two.joinAs('participant', call.code, 'Ada');
    await call.one.joinAs('participant', call.code, 'Bob');
    await call.one.joinAs('viewer', call.code, 'Vera');
    await host.request('room:leave', {});
    await sees(ada, ada).updated(({ role }) => role === 'host');
    expect((await ada.notified('act:done')).act).toMatchObject({ kind: 'role-changed', byName: null });
    await waitFor(async () => (await hosts()).length === 1);
    expect(await hosts()).toEqual(['Ada']);
  });
});
