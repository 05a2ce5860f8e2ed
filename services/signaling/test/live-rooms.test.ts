import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { RoomCode } from '@parley/proto/ids';
import { NOBODY, type Caller } from '@parley/proto/room';
import { toCallerMessage } from '@parley/proto/room-rpc';
import { account, guest } from './support/callers.ts';
import { useTwoInstances } from './support/running-signaling.ts';
import type { TestSignaling } from './support/test-signaling.ts';

const OPERATOR: Caller = { ...account('Olga'), isOperator: true };

describe('the live rooms of two instances', () => {
  let one: TestSignaling;
  let two: TestSignaling;

  useTwoInstances(async (call) => {
    ({ one, two } = call);
  });

  const by = (caller: Caller) => ({ caller: toCallerMessage(caller) });
  const create = async (owner: Caller, title = ''): Promise<RoomCode> =>
    (await one.rooms.call('createRoom', { title, ...by(owner) })).room?.code as RoomCode;
  const list = (caller = OPERATOR, after = '') => two.rooms.call('listLiveRooms', { after, ...by(caller) });
  const end = (code: RoomCode, caller = OPERATOR) => two.rooms.call('endLiveRoom', { code, ...by(caller) });

  test('are listed for an operator, whichever instance has their people', async () => {
    const [ada, bob] = [account('Ada'), guest()];
    const [choir, talk] = [await create(ada, 'Choir'), await create(bob)];
    await create(ada, 'Empty');
    await one.join(choir, 'Ada', ada);
    await two.join(choir, 'Gus');
    await one.join(talk, 'Bob', bob);
    const { rooms, more, total } = await list();
    expect([more, total]).toEqual([false, 2]);
    expect(rooms.map(({ code }) => code)).toEqual([choir, talk].toSorted());
    expect(rooms.find(({ code }) => code === choir)).toMatchObject({
      title: 'Choir',
      peerCount: 2,
      owner: ada.identity,
      mediaNodeIds: [expect.stringMatching(/./)],
    });
    expect(rooms.find(({ code }) => code === talk)).toMatchObject({ peerCount: 1, owner: bob.identity });
    expect(Math.abs((rooms[0]?.sinceMs ?? 0) - Date.now())).toBeLessThan(60_000);
    const rest = await list(OPERATOR, rooms[0]?.code);
    expect(rest.rooms.map(({ code }) => code)).toEqual([rooms[1]?.code]);
  });

  test('are ended by an operator: everybody reads why, the room stays, and its owner finds it in the history', async () => {
    const ada = account('Ada');
    const code = await create(ada);
    const people = [await one.join(code, 'Ada', ada), await two.join(code, 'Gus')];
    await end(code);
    for (const person of people)
      expect(await person.notified('session:ended')).toEqual({ reason: 'ended-by-operator' });
    await waitFor(async () => (await list()).total === 0);
    expect((await one.rooms.call('getRoom', { code })).room).toMatchObject({ code, peerCount: 0 });
    const acts = await waitFor(async () => {
      const { calls } = await one.rooms.call('listCalls', { code, ...by(ada) });
      const callId = calls[0]?.endedAtMs === undefined ? undefined : calls[0].callId;
      if (callId === undefined) return undefined;
      const found = await one.rooms.call('getCall', { code, callId, ...by(ada) });
      return found.acts.length > 0 && found.acts;
    });
    expect(acts).toMatchObject([{ kind: 'call-ended', detail: '' }]);
    expect(acts[0]).not.toHaveProperty('byName');
    // Where nothing runs there is nothing to do, and nothing to log.
    await end(code);
    expect(await one.query('SELECT 1 FROM rooms.acts')).toHaveLength(1);
  });

  test.each([
    ['nobody', NOBODY],
    ['a guest', guest()],
    ['an account', account('Eve')],
  ])('are not for %s', async (_, caller) => {
    const code = await create(caller);
    const person = await one.join(code, 'Ada');
    await expect(list(caller)).rejects.toMatchObject({ code: 'not_found' });
    await expect(end(code, caller)).rejects.toMatchObject({ code: 'not_found' });
    expect(person.notifications('session:ended')).toEqual([]);
    await expect(end('nonsense' as RoomCode)).rejects.toMatchObject({ code: 'invalid_room_code' });
  });
});
