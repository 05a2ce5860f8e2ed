import { describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { RoomCode } from '@parley/proto/ids';
import { PROTOCOL_VERSION } from '@parley/proto/requests';
import { LOBBY_NAMES_MAX, type Caller, type LobbyPeople, type RoomSettingsChange } from '@parley/proto/room';
import { toCallerMessage, toSettingsChangeMessage } from '@parley/proto/room-rpc';
import { account, guest } from './support/callers.ts';
import { camera } from './support/rtp.ts';
import { useSignaling, useTwoInstances } from './support/running-signaling.ts';
import type { TestClient } from './support/test-client.ts';
import type { TestSignaling } from './support/test-signaling.ts';

const WISH = { protocol: PROTOCOL_VERSION } as const;
const ENV = { ROOM_PEERS_PER_ADDRESS: '30' };

const createRoom = async (signaling: TestSignaling, caller: Caller): Promise<RoomCode> => {
  const { room } = await signaling.rooms.call('createRoom', { caller: toCallerMessage(caller) });
  return room?.code as RoomCode;
};
const changeRoom = (signaling: TestSignaling, code: RoomCode, caller: Caller, settings: RoomSettingsChange) =>
  signaling.rooms.call('changeRoom', {
    code,
    caller: toCallerMessage(caller),
    settings: toSettingsChangeMessage(settings),
  });
/** The notification in which the people are these, past or future. */
const noticeOf = (client: TestClient, people: LobbyPeople | null) =>
  client.notified('lobby:changed', (notice) => JSON.stringify(notice.people) === JSON.stringify(people));

describe('who is in the room, for a person in the lobby', () => {
  let code: RoomCode;
  let owner: Caller;
  let ada: TestClient;
  const on = useSignaling(async ({ signaling }) => {
    owner = account('Ada');
    code = await createRoom(signaling, owner);
    ada = await signaling.join(code, 'Ada', owner);
  }, ENV);
  const change = (settings: RoomSettingsChange) => changeRoom(on.signaling, code, owner, settings);
  const showNames = () => change({ namesBeforeJoin: true });
  const arrive = (name = 'Late', caller = guest()) => on.signaling.connect(code, name, caller);
  const look = (client: TestClient) => client.request('lobby:watch', WISH);
  const watching = async () => (await on.signaling.service.counts()).watching;

  test('is a number without a name, unless the room shows names', async () => {
    const late = await arrive();
    expect(await look(late)).toEqual({ count: 1, names: [] });
    await showNames();
    await noticeOf(late, { count: 1, names: ['Ada'] });
    expect(await look(await arrive())).toEqual({ count: 1, names: ['Ada'] });
  });

  test('is said anew when somebody comes, only where names are shown', async () => {
    await showNames();
    const quiet = await createRoom(on.signaling, owner);
    const inQuiet = await on.signaling.connect(quiet, 'Late', guest());
    expect(await look(inQuiet)).toEqual({ count: 0, names: [] });
    const late = await arrive();
    await look(late);
    await on.signaling.join(quiet, 'Quinn', guest());
    await on.signaling.join(code, 'Bob', guest());
    // The same look at all rooms finds both.
    await noticeOf(late, { count: 2, names: ['Ada', 'Bob'] });
    await inQuiet.attempt('room:ping', {});
    expect(inQuiet.notifications('lobby:changed')).toEqual([]);
  });

  test('are five names at most: of those who lead, who send something, and who came first; and no viewer', async () => {
    await showNames();
    for (const name of ['Bob', 'Cleo', 'Dan', 'Eve', 'Fay']) await on.signaling.join(code, name, guest());
    await on.signaling.joinAs('viewer', code, 'Vera');
    const sender = await on.signaling.join(code, 'Sam', guest());
    await sender.request('producer:create', camera());
    await on.signaling.joinAs('host', code, 'Hana');
    const { count, names } = await look(await arrive());
    expect({ count, names }).toEqual({ count: 9, names: ['Ada', 'Hana', 'Sam', 'Bob', 'Cleo'] });
    expect(names).toHaveLength(LOBBY_NAMES_MAX);
  });

  test('is gone as soon as the room shows no names, or would not let the person in', async () => {
    await showNames();
    const late = await arrive();
    await look(late);
    await change({ namesBeforeJoin: false });
    await noticeOf(late, { count: 1, names: [] });
    await change({ namesBeforeJoin: true, locked: true });
    await noticeOf(late, null);
    await change({ locked: false });
    await noticeOf(late, { count: 1, names: ['Ada'] });
  });

  test.each<[string, RoomSettingsChange]>([
    ['passcode_needed', { passcode: 'open sesame' }],
    ['guests_refused', { guestsAllowed: false }],
    ['room_locked', { locked: true }],
    ['room_full', { capacity: 1 }],
    ['room_not_open', { opensAt: Date.now() + 3_600_000 }],
    ['room_closed', { closesAt: Date.now() - 1_000 }],
  ])('is nothing where the door would say %s', async (refusal, settings) => {
    await showNames();
    const [late, wanda] = [
      await arrive(),
      await on.signaling.connectWith({ token: await on.signaling.waitingToken(code, 'Wanda') }),
    ];
    await change(settings);
    for (const client of [late, wanda]) expect(await client.refusal('lobby:watch', WISH)).toBe(refusal);
    expect(await watching()).toBe(0);
  });

  test('is nothing for somebody who is banned', async () => {
    await showNames();
    const gus = guest();
    const late = await arrive('Gus', gus);
    const { peerId } = await on.signaling.join(code, 'Gus', gus);
    await look(late);
    await ada.request('peer:ban', { peerId });
    await noticeOf(late, null);
    expect(await late.refusal('lobby:watch', WISH)).toBe('banned');
  });

  test('is for somebody whom a host has to admit what the room shows to everybody', async () => {
    await change({ waitingRoom: true });
    const wanda = await arrive('Wanda');
    expect(await look(wanda)).toEqual({ count: 1, names: [] });
    await showNames();
    await noticeOf(wanda, { count: 1, names: ['Ada'] });
    await wanda.request('room:knock', WISH);
    expect(await watching()).toBe(0);
  });

  test('is for somebody with another device in a locked room what it is for others', async () => {
    await showNames();
    const gus = guest();
    const late = await arrive('Gus', gus);
    await on.signaling.join(code, 'Gus', gus);
    await change({ locked: true, capacity: 2 });
    expect(await look(late)).toEqual({ count: 2, names: ['Ada', 'Gus'] });
  });

  test('makes nobody notice the person, and ends with the join or the socket', async () => {
    await showNames();
    const [late, other] = [await arrive(), await arrive()];
    await look(late);
    await look(other);
    expect(await watching()).toBe(2);
    await ada.settled();
    expect(ada.notifications('peer:joined')).toEqual([]);
    expect((await on.signaling.rooms.call('getRoom', { code })).room?.peerCount).toBe(1);
    await late.join();
    expect(await watching()).toBe(1);
    expect(await late.refusal('lobby:watch', WISH)).toBe('already_joined');
    other.cut();
    await waitFor(async () => (await watching()) === 0);
  });

  test('is asked for with a join token, now and then', async () => {
    ada.cut();
    const again = await on.signaling.reconnect(ada);
    expect(await again.refusal('lobby:watch', WISH)).toBe('token_invalid');
    const late = await arrive();
    for (let index = 0; index < 5; index += 1) await look(late);
    expect(await late.refusal('lobby:watch', WISH)).toBe('rate_limited');
  });

  test('may be changed by those who lead, and they alone learn what it is', async () => {
    const gus = await on.signaling.join(code, 'Gus', guest());
    expect(await gus.refusal('room:change-settings', { settings: { namesBeforeJoin: true } })).toBe(
      'forbidden',
    );
    await ada.request('room:change-settings', { settings: { namesBeforeJoin: true } });
    await ada.notified('door:changed', ({ namesBeforeJoin }) => namesBeforeJoin);
    await gus.settled();
    expect(gus.notifications('door:changed')).toEqual([]);
    await ada.request('peer:set-role', { peerId: gus.peerId, role: 'host' });
    await gus.notified('door:changed', ({ namesBeforeJoin }) => namesBeforeJoin);
    const settingsFor = async (caller: Caller) =>
      (await on.signaling.rooms.call('getRoom', { code, caller: toCallerMessage(caller) })).room?.settings;
    expect(await settingsFor(owner)).toMatchObject({ namesBeforeJoin: true });
    expect(await settingsFor(guest())).not.toHaveProperty('namesBeforeJoin');
  });

  test('is no part of a record, which a page of an older version would refuse', async () => {
    await showNames();
    await change({ locked: true });
    const hana = await on.signaling.joinAs('host', code, 'Hana');
    expect(hana.snapshot.room.settings).not.toHaveProperty('namesBeforeJoin');
    await hana.notified('door:changed', ({ namesBeforeJoin }) => namesBeforeJoin);
    for (const { room } of ada.notifications('room:updated'))
      expect(room.settings).not.toHaveProperty('namesBeforeJoin');
  });
});

describe('people of one address in lobbies', () => {
  const on = useSignaling(() => Promise.resolve(), { JOINS_PER_ADDRESS: '2' });

  test('ask as often as they may join, and not instead of it', async () => {
    const clients = [1, 2, 3].map(() => on.signaling.connect(on.code));
    const [first, second, third] = await Promise.all(clients);
    await first?.request('lobby:watch', WISH);
    await second?.request('lobby:watch', WISH);
    expect(await third?.refusal('lobby:watch', WISH)).toBe('rate_limited');
    await third?.join();
  });
});

describe('who is in a room that another instance serves', () => {
  const call = useTwoInstances(() => Promise.resolve(), ENV);

  test('is said to a person in the lobby as here', async () => {
    const owner = account('Ada');
    const code = await createRoom(call.one, owner);
    await call.one.join(code, 'Ada', owner);
    const late = await call.two.connect(code, 'Late', guest());
    expect(await late.request('lobby:watch', WISH)).toEqual({ count: 1, names: [] });
    await changeRoom(call.one, code, owner, { namesBeforeJoin: true });
    await noticeOf(late, { count: 1, names: ['Ada'] });
    await call.one.join(code, 'Bob', guest());
    await noticeOf(late, { count: 2, names: ['Ada', 'Bob'] });
  });
});
