import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@parley/common/testing';
import type { RoomCode } from '@parley/proto/ids';
import type { Caller, RoomSettingsChange } from '@parley/proto/room';
import { fromSettingsMessage, toCallerMessage, toSettingsChangeMessage } from '@parley/proto/room-rpc';
import { account, guest } from './support/callers.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

describe('rooms and their owners', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;
  const ada = account('Ada');
  const bob = guest();

  beforeAll(async () => {
    backend = await TestBackend.start();
    signaling = await backend.signaling({ ROOMS_PER_OWNER: '60', GUEST_ROOMS_PER_ADDRESS: '3' });
  }, 180_000);
  afterAll(async () => {
    const { malformed } = signaling;
    await signaling.stop();
    await backend.stop();
    expect(malformed).toEqual([]);
  });

  const by = (caller: Caller) => ({ caller: toCallerMessage(caller) });

  async function create(caller: Caller, settings: RoomSettingsChange = {}, title = ''): Promise<RoomCode> {
    const request = { title, settings: toSettingsChangeMessage(settings), ...by(caller) };
    const { room } = await signaling.rooms.call('createRoom', request);
    return room?.code as RoomCode;
  }

  const change = (code: RoomCode, caller: Caller, settings: RoomSettingsChange, title?: string) =>
    signaling.rooms.call('changeRoom', {
      code,
      settings: toSettingsChangeMessage(settings),
      ...(title !== undefined && { title }),
      ...by(caller),
    });

  const knock = (code: RoomCode, caller: Caller, passcode = '') =>
    signaling.rooms.call('authorizeJoin', { code, displayName: 'Somebody', passcode, ...by(caller) });

  const settingsOf = async (code: RoomCode, caller = bob) => {
    const { room } = await signaling.rooms.call('getRoom', { code, ...by(caller) });
    if (room === null || room.settings === null) throw new Error('no room');
    return { ...fromSettingsMessage(room.settings), role: room.role, peerLimit: room.peerLimit };
  };

  test('begin with the settings that their maker wishes, and keep what is not changed', async () => {
    const opensAt = Date.now() + 3_600_000;
    const code = await create(ada, { waitingRoom: true, capacity: 7, opensAt, passcode: 'sesame' }, 'Choir');
    expect(await settingsOf(code, ada)).toMatchObject({
      waitingRoom: true,
      capacity: 7,
      opensAt,
      closesAt: null,
      hasPasscode: true,
      guestsAllowed: true,
      role: 'owner',
      peerLimit: 7,
    });
    await change(code, ada, { opensAt: null, whoMayChat: 'hosts' }, 'Big choir');
    await change(code, ada, { capacity: null, passcode: null });
    expect(await settingsOf(code)).toMatchObject({
      waitingRoom: true,
      capacity: null,
      opensAt: null,
      whoMayChat: 'hosts',
      hasPasscode: false,
      role: 'participant',
    });
    const { room } = await signaling.rooms.call('getRoom', { code, ...by(ada) });
    expect(room?.title).toBe('Big choir');
  });

  test('show their passcode to nobody, not even as a hash', async () => {
    const code = await create(ada, { passcode: 'open sesame' });
    const answers = [
      await signaling.rooms.call('getRoom', { code, ...by(ada) }),
      await signaling.rooms.call('listRooms', by(ada)),
    ];
    expect(JSON.stringify(answers)).not.toMatch(/sesame|scrypt/);
    const [row] = await signaling.query<{ passcode_hash: string }>(
      'SELECT passcode_hash FROM rooms.rooms WHERE code = $1',
      [code],
    );
    expect(row?.passcode_hash).toMatch(/^scrypt\$/);
  });

  test.each<[string, Record<string, unknown>]>([
    ['a capacity that is none', { capacity: 4_000_000 }],
    ['a passcode that is too short', { passcode: 'abc' }],
    ['a rule that nobody knows', { whoMayChat: 'root' }],
    ['a history that nobody knows', { historyForLatecomers: 'forever' }],
  ])('refuse %s, and stay as they were', async (_what, settings) => {
    const code = await create(ada);
    const before = await settingsOf(code);
    const request = { code, settings, ...by(ada) };
    await expect(signaling.rooms.call('changeRoom', request)).rejects.toMatchObject({
      code: 'invalid_request',
    });
    expect(await settingsOf(code)).toEqual(before);
  });

  test('are listed for their owner alone, page by page, the newest first', async () => {
    const mia = account('Mia');
    const codes: RoomCode[] = [];
    for (let index = 0; index < 53; index += 1) codes.push(await create(mia, {}, `Room ${index}`));
    const first = await signaling.rooms.call('listRooms', by(mia));
    const second = await signaling.rooms.call('listRooms', { ...by(mia), before: first.next });
    expect([first.rooms.length, second.rooms.length, second.next]).toEqual([50, 3, '']);
    expect([...first.rooms, ...second.rooms].map(({ code }) => code)).toEqual(codes.toReversed());
    expect((await signaling.rooms.call('listRooms', by(account('Zoe')))).rooms).toEqual([]);
    const wrong = signaling.rooms.call('listRooms', { ...by(mia), before: "1.x' OR true" });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(signaling.rooms.call('listRooms', {})).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('are bounded for each owner, and for guests of one network whatever they call themselves', async () => {
    const zoe = account('Zoe');
    for (let index = 0; index < 60; index += 1) await create(zoe);
    await expect(create(zoe)).rejects.toMatchObject({ code: 'too_many' });
    for (let index = 0; index < 3; index += 1) await create(guest('a-cafe'));
    await expect(create(guest('a-cafe'))).rejects.toMatchObject({ code: 'too_many' });
    await create(guest('another-cafe'));
    await create(account('Somebody in the cafe', 'a-cafe'));
  });

  test('answer everybody but owner and hosts as if there were no such room, whatever they ask for', async () => {
    const code = await create(ada);
    const banId = crypto.randomUUID();
    for (const caller of [bob, account('Eve')]) {
      const asks = [
        signaling.rooms.call('changeRoom', { code, title: 'Mine', ...by(caller) }),
        signaling.rooms.call('deleteRoom', { code, ...by(caller) }),
        signaling.rooms.call('listBans', { code, ...by(caller) }),
        signaling.rooms.call('unban', { code, banId, ...by(caller) }),
        signaling.rooms.call('listCalls', { code, ...by(caller) }),
        signaling.rooms.call('getCall', { code, callId: banId, ...by(caller) }),
      ];
      for (const ask of asks) await expect(ask).rejects.toMatchObject({ code: 'room_not_found' });
    }
    expect(await settingsOf(code)).toMatchObject({ locked: false });
  });

  test('of a guest belong to the browser that made them', async () => {
    const code = await create(bob);
    await change(code, bob, { locked: true });
    expect(await knock(code, bob)).toMatchObject({ role: 'owner', waits: false });
    await expect(knock(code, guest())).rejects.toMatchObject({ code: 'room_locked' });
  });

  test('ask for their passcode, take the right one, and limit those who guess', async () => {
    const code = await create(ada, { passcode: 'sesame' });
    const eve = guest('the-network-of-Eve');
    await expect(knock(code, eve)).rejects.toMatchObject({ code: 'passcode_needed' });
    expect(await knock(code, eve, 'sesame')).toMatchObject({ role: 'participant' });
    for (let guess = 0; guess < 5; guess += 1)
      await expect(knock(code, guest('the-network-of-Eve'), `guess ${guess}`)).rejects.toMatchObject({
        code: 'passcode_wrong',
      });
    await expect(knock(code, guest('the-network-of-Eve'), 'sesame')).rejects.toMatchObject({
      code: 'rate_limited',
    });
    expect(await knock(code, guest('elsewhere'), 'sesame')).toMatchObject({ waits: false });
    expect(await knock(code, ada)).toMatchObject({ role: 'owner' });
  });

  test('let nobody past the waiting room with the token alone', async () => {
    const code = await create(ada, { waitingRoom: true });
    expect(await knock(code, bob)).toMatchObject({ waits: true, role: 'participant' });
    const waiting = await signaling.connect(code, 'Bob', bob);
    await expect(waiting.join()).rejects.toThrow('not_admitted');
  });

  test('that are changed change in the running call at once', async () => {
    const code = await create(ada, { capacity: 2 });
    const host = await signaling.join(code, 'Ada', ada);
    const first = await signaling.join(code, 'Bob', guest());
    await expect(knock(code, guest())).rejects.toMatchObject({ code: 'room_full' });
    await change(code, ada, { locked: true, capacity: 9 }, 'Locked');
    for (const client of [host, first]) {
      const { room } = await client.notified('room:updated');
      expect(room).toMatchObject({ title: 'Locked', settings: { locked: true, capacity: 9 } });
    }
    await expect(knock(code, guest())).rejects.toMatchObject({ code: 'room_locked' });
    await change(code, ada, { locked: false });
    const second = await signaling.join(code, 'Mia', guest());
    expect(second.snapshot.room.settings).toMatchObject({ locked: false, capacity: 9 });
  });

  test('keep out more people than their capacity also when all come with a token at once', async () => {
    const code = await create(ada, { capacity: 1 });
    const clients = await Promise.all([1, 2, 3].map(() => signaling.connect(code, 'Guest', guest())));
    const outcomes = await Promise.allSettled(clients.map((client) => client.join()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('end with their calls, their chat and their history when they are deleted', async () => {
    const code = await create(ada);
    const host = await signaling.join(code, 'Ada', ada);
    await host.request('chat:send', { clientMessageId: crypto.randomUUID(), toPeerId: null, text: 'hello' });
    await signaling.rooms.call('deleteRoom', { code, ...by(ada) });
    await waitFor(() => !host.socket.connected);
    for (const ask of [knock(code, ada), signaling.rooms.call('getRoom', { code, ...by(ada) })])
      await expect(ask).rejects.toMatchObject({ code: 'room_not_found' });
    for (const table of ['chat_messages', 'call_sessions', 'bans'])
      expect(await signaling.query(`SELECT 1 FROM rooms.${table} WHERE room_code = $1`, [code])).toEqual([]);
  });
});
