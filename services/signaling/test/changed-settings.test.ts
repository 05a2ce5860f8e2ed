import { describe, expect, test } from '@jest/globals';
import { createRedis } from '@parley/common/redis';
import { silentLogger } from '@parley/common/testing';
import type { RoomCode } from '@parley/proto/ids';
import type { Caller, RoomSettingsChange } from '@parley/proto/room';
import { toCallerMessage, toSettingsChangeMessage } from '@parley/proto/room-rpc';
import { KEYS } from '../src/store/redis-keys.ts';
import type { RoomEvent } from '../src/store/live-room-store.ts';
import { storedEvent } from '../src/store/stored-values.ts';
import { account, guest } from './support/callers.ts';
import { microphone } from './support/rtp.ts';
import { useTwoInstances } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';
import type { TestSignaling } from './support/test-signaling.ts';
import { say, sees } from './support/two-instances.ts';

/** The owner changes the room over the first instance, and the people are on the second. */
describe('a setting that is changed while the call runs', () => {
  let one: TestSignaling;
  let two: TestSignaling;
  let code: RoomCode;
  let owner: Caller;
  let ada: TestClient;
  let gus: TestClient;

  const call = useTwoInstances(async (running) => {
    ({ one, two } = running);
    owner = account('Ada');
    const { room } = await one.rooms.call('createRoom', { caller: toCallerMessage(owner) });
    code = room?.code as RoomCode;
    ada = await two.join(code, 'Ada', owner);
    gus = await two.join(code, 'Gus', guest());
  });

  const change = (settings: RoomSettingsChange, title?: string) =>
    one.rooms.call('changeRoom', {
      code,
      caller: toCallerMessage(owner),
      settings: toSettingsChangeMessage(settings),
      ...(title !== undefined && { title }),
    });
  /** As if the script that stores a change had sent it only now. */
  const sendLate = async (event: RoomEvent) => {
    const redis = createRedis({ url: call.redisUrl, name: 'late', logger: silentLogger });
    await redis.whenReady(5_000);
    const serving = (await redis.command('SMEMBERS', KEYS.serving(code))) as string[];
    for (const id of serving)
      await redis.command('XADD', KEYS.inbox(id), '*', 'room', code, 'event', storedEvent.write(event));
    redis.close();
  };
  const changed = (client: TestClient) => client.notified('room:updated');

  test('is notified to everybody in the call, with the title', async () => {
    await change({ locked: true, capacity: 7 }, 'Choir');
    for (const client of [ada, gus])
      expect((await changed(client)).room).toMatchObject({
        title: 'Choir',
        settings: { locked: true, capacity: 7 },
      });
  });

  test('takes the chat from participants, not from the owner, and gives it back', async () => {
    await change({ whoMayChat: 'hosts' });
    await changed(gus);
    await expect(say(gus, 'no')).rejects.toThrow('forbidden');
    await say(ada, 'yes');
    await change({ whoMayChat: 'everybody' });
    await gus.notified('room:updated', ({ room }) => room.settings.whoMayChat === 'everybody');
    await say(gus, 'again');
  });

  test('stays when an older state arrives late', async () => {
    await change({ whoMayChat: 'hosts' });
    await changed(gus);
    await sendLate({ type: 'room-updated', room: gus.snapshot.room });
    // Comes after it.
    await sendLate({ type: 'peer-reacted', peerId: ada.peerId, reaction: 'clap' });
    await gus.notified('peer:reacted');
    expect(gus.notifications('room:updated')).toHaveLength(1);
    await expect(say(gus, 'no')).rejects.toThrow('forbidden');
  });

  test('mutes who speaks where only hosts may from now on', async () => {
    const { producerId } = await gus.request('producer:create', microphone());
    await sees(ada, gus).updated(({ producers }) => producers[0]?.paused === false);
    await change({ whoMayUnmute: 'hosts' });
    await sees(ada, gus).updated(({ producers }) => producers[0]?.paused === true);
    expect(await gus.refusal('producer:resume', { producerId })).toBe('forbidden');
  });

  test.each<[string, RoomSettingsChange]>([
    ['room_locked', { locked: true }],
    ['passcode_needed', { passcode: 'open sesame' }],
    ['guests_refused', { guestsAllowed: false }],
    ['room_full', { capacity: 2 }],
    ['room_not_open', { opensAt: Date.now() + 3_600_000 }],
    ['room_closed', { closesAt: Date.now() - 1_000 }],
  ])(
    'is a %s at the door of every instance, and no reason to leave for who is in',
    async (refusal, settings) => {
      await change(settings);
      await changed(gus);
      await expect(two.token(code, 'Late', guest())).rejects.toMatchObject({ code: refusal });
      expect(gus.notifications('session:ended')).toEqual([]);
    },
  );

  test('lets who comes wait from now on', async () => {
    await change({ waitingRoom: true });
    const late = await two.rooms.call('authorizeJoin', {
      code,
      displayName: 'Late',
      caller: toCallerMessage(guest()),
    });
    expect(late.waits).toBe(true);
  });
});
