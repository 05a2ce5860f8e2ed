import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPool, type DatabasePool } from '@parley/common/postgres';
import { silentLogger, startPostgres, type TestPostgres } from '@parley/common/testing';
import { peerIdSchema, type RoomCode } from '@parley/proto/ids';
import { DEFAULT_ROOM_SETTINGS, UNKNOWN_IDENTITY, type ActKind, type Caller } from '@parley/proto/room';
import { toCallerMessage } from '@parley/proto/room-rpc';
import { ActRepository } from '../src/database/act-repository.ts';
import { AttendanceRepository } from '../src/database/attendance-repository.ts';
import { BanRepository } from '../src/database/ban-repository.ts';
import { ChatRepository } from '../src/database/chat-repository.ts';
import { account, guest } from './support/callers.ts';
import { TestSignaling } from './support/test-signaling.ts';

const HOUR_MS = 3_600_000;
/** Whole milliseconds in the past, so that every time is exact. */
const START = Date.now() - 24 * HOUR_MS;

describe('what is kept of calls', () => {
  let postgres: TestPostgres;
  let signaling: TestSignaling;
  let pool: DatabasePool;
  let attendance: AttendanceRepository;
  let chat: ChatRepository;

  beforeAll(async () => {
    postgres = await startPostgres();
    signaling = await TestSignaling.start({
      DATABASE_URL: postgres.databaseUrl,
      MEDIA_ADDRESSES: '127.0.0.1:1',
    });
    pool = createPool({ databaseUrl: postgres.databaseUrl, logger: silentLogger });
    attendance = new AttendanceRepository(pool);
    chat = new ChatRepository(pool);
  }, 180_000);
  afterAll(async () => {
    await signaling.stop();
    await pool.close();
    await postgres.stop();
  });

  const by = (caller: Caller) => ({ caller: toCallerMessage(caller) });

  async function create(caller: Caller, title = ''): Promise<RoomCode> {
    return (await signaling.rooms.call('createRoom', { title, ...by(caller) })).room?.code as RoomCode;
  }

  /** From and to in hours after the start; without an end the person is still there. */
  async function attend(
    code: RoomCode,
    who: Caller,
    name: string,
    from: number,
    to?: number,
  ): Promise<string> {
    const attendanceId = crypto.randomUUID();
    const peerId = peerIdSchema.parse(`peer-${name}`);
    const joinedAt = START + from * HOUR_MS;
    await attendance.open({
      attendanceId,
      code,
      peerId,
      identity: who.identity,
      displayName: name,
      joinedAt,
    });
    if (to !== undefined) await attendance.end(attendanceId, START + to * HOUR_MS, 'left');
    return attendanceId;
  }

  async function say(
    code: RoomCode,
    name: string,
    text: string,
    at: number,
    to: string | null = null,
  ): Promise<void> {
    const { record } = await chat.insert(code, {
      clientMessageId: crypto.randomUUID(),
      fromPeerId: peerIdSchema.parse(`peer-${name}`),
      fromName: name,
      toPeerId: to === null ? null : peerIdSchema.parse(`peer-${to}`),
      toName: to,
      fromIdentity: UNKNOWN_IDENTITY,
      toIdentity: null,
      text,
    });
    await pool.query('UPDATE rooms.chat_messages SET sent_at = $2 WHERE message_id = $1', [
      record.message.messageId,
      new Date(START + at * HOUR_MS),
    ]);
  }

  /** `by` and `to`: who is in the log, with the name there. */
  async function act(
    code: RoomCode,
    kind: ActKind,
    at: number,
    [by, to]: readonly [Caller | null, (Caller | null)?],
    detail: string | null = null,
  ): Promise<void> {
    const personOf = (caller: Caller | null | undefined) =>
      caller?.identity
        ? {
            peerId: peerIdSchema.parse('peer-1'),
            name: caller.accountName ?? 'Gus',
            identity: caller.identity,
          }
        : null;
    await new ActRepository(pool).insert({
      actId: crypto.randomUUID(),
      code,
      kind,
      by: personOf(by),
      to: personOf(to),
      detail,
      doneAt: START + at * HOUR_MS,
    });
  }

  const callsOf = async (code: RoomCode, caller: Caller, beforeMs = 0) =>
    (await signaling.rooms.call('listCalls', { code, beforeMs, ...by(caller) })).calls;

  test('is one call as long as somebody is there, the newest first', async () => {
    const ada = account('Ada');
    const code = await create(ada);
    const first = await attend(code, ada, 'Ada', 0, 1);
    await attend(code, guest(), 'Bob', 0.5, 2);
    await attend(code, guest(), 'Mia', 0.6, 0.7);
    await attend(code, guest(), 'Bob', 1.5, 3);
    const second = await attend(code, ada, 'Ada', 4, 5);
    const running = await attend(code, ada, 'Ada', 6);
    expect(await callsOf(code, ada)).toMatchObject([
      { callId: running, startedAtMs: START + 6 * HOUR_MS, entries: 1 },
      { callId: second, startedAtMs: START + 4 * HOUR_MS, endedAtMs: START + 5 * HOUR_MS, entries: 1 },
      { callId: first, startedAtMs: START, endedAtMs: START + 3 * HOUR_MS, entries: 4 },
    ]);
    expect((await callsOf(code, ada))[0]).not.toHaveProperty('endedAtMs');
    expect(await callsOf(code, ada, START + 4 * HOUR_MS)).toMatchObject([{ callId: first }]);
  });

  test('shows who was there for how long, and what was said to everybody in that call', async () => {
    const ada = account('Ada');
    const code = await create(ada, 'Choir');
    const callId = await attend(code, ada, 'Ada', 0, 2);
    await attend(code, guest(), 'Bob', 1, 1.5);
    await attend(code, ada, 'Ada', 4, 5);
    await say(code, 'Ada', 'hello', 0.1);
    await say(code, 'Bob', 'hi', 1.1);
    await say(code, 'Bob', 'a secret', 1.2, 'Mia');
    await say(code, 'Ada', 'of another call', 4.1);
    const call = await signaling.rooms.call('getCall', { code, callId, ...by(ada) });
    expect(call).toMatchObject({ title: 'Choir', isCut: false });
    expect(call.attendance).toMatchObject([
      { displayName: 'Ada', kind: 'account', joinedAtMs: START, leftAtMs: START + 2 * HOUR_MS },
      { displayName: 'Bob', kind: 'guest', joinedAtMs: START + HOUR_MS, leftAtMs: START + 1.5 * HOUR_MS },
    ]);
    expect(call.messages.map(({ fromName, text }) => [fromName, text])).toEqual([
      ['Ada', 'hello'],
      ['Bob', 'hi'],
    ]);
  });

  test('shows what hosts did in that call, and what an operator or the rules of the room did', async () => {
    const [ada, gus] = [account('Ada'), guest()];
    const code = await create(ada);
    const callId = await attend(code, ada, 'Ada', 0, 2);
    await act(code, 'locked', 0.5, [ada]);
    await act(code, 'stopped', 0.6, [ada, gus], 'camera');
    await act(code, 'call-ended', 1.9, [null]);
    await act(code, 'unlocked', 3, [ada]);
    // As many settings as there are, changed at once, fit into one line.
    const names = Object.keys(DEFAULT_ROOM_SETTINGS).join(' ');
    await act(code, 'locked', 1.95, [ada], names);
    const { acts } = await signaling.rooms.call('getCall', { code, callId, ...by(ada) });
    expect(acts).toMatchObject([
      { kind: 'locked', byName: 'Ada', detail: '', doneAtMs: START + 0.5 * HOUR_MS },
      { kind: 'stopped', byName: 'Ada', toName: 'Gus', detail: 'camera', doneAtMs: START + 0.6 * HOUR_MS },
      { kind: 'call-ended', detail: '', doneAtMs: START + 1.9 * HOUR_MS },
      { kind: 'locked', detail: names },
    ]);
    expect(acts[0]).not.toHaveProperty('toName');
    expect(acts[2]).not.toHaveProperty('byName');
  });

  test('shows no chat that was cleared', async () => {
    const ada = account('Ada');
    const code = await create(ada);
    const callId = await attend(code, ada, 'Ada', 0, 2);
    await say(code, 'Ada', 'hello', 0.1);
    await chat.clear(code);
    expect((await signaling.rooms.call('getCall', { code, callId, ...by(ada) })).messages).toEqual([]);
  });

  test('is not for people who were there and do not own the room, and not of other rooms', async () => {
    const [ada, bob] = [account('Ada'), account('Bob')];
    const [code, other] = [await create(ada), await create(bob)];
    const callId = await attend(code, bob, 'Bob', 0, 1);
    const ask = (room: RoomCode, caller: Caller, id = callId) =>
      signaling.rooms.call('getCall', { code: room, callId: id, ...by(caller) });
    await expect(ask(code, bob)).rejects.toMatchObject({ code: 'room_not_found' });
    await expect(callsOf(code, bob)).rejects.toMatchObject({ code: 'room_not_found' });
    await expect(ask(other, bob)).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask(code, ada, "' OR true --")).rejects.toMatchObject({ code: 'not_found' });
  });

  test('shows a person the calls that the person was in, and nobody else’s', async () => {
    const [ada, bob] = [account('Ada'), guest()];
    const [one, two] = [await create(ada, 'One'), await create(ada, 'Two')];
    await attend(one, bob, 'Bob', 0, 1);
    await attend(two, bob, 'Robert', 2, 3);
    await attend(two, ada, 'Ada', 2, 3);
    const { visits, more } = await signaling.rooms.call('listVisits', by(bob));
    expect(more).toBe(false);
    expect(visits).toMatchObject([
      { code: two, title: 'Two', displayName: 'Robert' },
      { code: one, title: 'One', displayName: 'Bob', leftAtMs: START + HOUR_MS },
    ]);
    const earlier = await signaling.rooms.call('listVisits', { ...by(bob), beforeMs: START + 2 * HOUR_MS });
    expect(earlier.visits).toHaveLength(1);
    await expect(signaling.rooms.call('listVisits', {})).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('comes page by page', async () => {
    const ada = account('Ada');
    const code = await create(ada);
    for (let call = 0; call < 52; call += 1) await attend(code, ada, 'Ada', call / 10, call / 10 + 0.01);
    const first = await signaling.rooms.call('listCalls', { code, ...by(ada) });
    const beforeMs = first.calls.at(-1)?.startedAtMs ?? 0;
    const second = await signaling.rooms.call('listCalls', { code, beforeMs, ...by(ada) });
    expect([first.calls.length, first.more, second.calls.length, second.more]).toEqual([50, true, 2, false]);
  });

  describe('of an account that is deleted', () => {
    const erase = (person: Caller, successor?: Caller) =>
      signaling.rooms.call('eraseIdentity', {
        identity: person.identity ?? '',
        successor: successor?.identity ?? '',
      });

    test('has no name any more, in attendance and chat, and its rooms are gone', async () => {
      const [ada, bob] = [account('Ada'), account('Bob')];
      const [own, other] = [await create(ada), await create(bob)];
      const callId = await attend(other, ada, 'Ada', 0, 1);
      await attend(other, bob, 'Bob', 0.1, 1);
      await say(other, 'Ada', 'I was here', 0.5);
      await say(other, 'Bob', 'to Ada', 0.6, 'Ada');
      await act(other, 'muted', 0.2, [ada, bob]);
      await act(other, 'removed', 0.3, [bob, ada]);
      await act(other, 'locked', 0.4, [bob]);
      const person = { addressHash: '', displayName: 'Ada', bannedBy: 'Bob' };
      if (ada.identity === null) throw new Error('an account has an identity');
      await new BanRepository(pool).add(other, { identity: ada.identity, ...person });

      expect(await erase(ada)).toEqual({
        roomsDeleted: 1,
        roomsHandedOver: 0,
        attendanceAnonymised: 1,
        messagesAnonymised: 1,
        bansDeleted: 1,
        actsAnonymised: 2,
      });
      await expect(signaling.rooms.call('getRoom', { code: own })).rejects.toMatchObject({
        code: 'room_not_found',
      });
      const call = await signaling.rooms.call('getCall', { code: other, callId, ...by(bob) });
      expect(call.attendance.map(({ displayName, kind }) => [displayName, kind])).toEqual([
        ['', 'unknown'],
        ['Bob', 'account'],
      ]);
      expect(call.messages).toMatchObject([{ fromName: '', text: 'I was here' }]);
      expect(call.acts.map(({ kind, byName, toName }) => [kind, byName, toName])).toEqual([
        ['muted', '', 'Bob'],
        ['removed', 'Bob', ''],
        ['locked', 'Bob', undefined],
      ]);
      const known = await pool.query('SELECT 1 FROM rooms.acts WHERE $1 IN (by_identity, to_identity)', [
        ada.identity,
      ]);
      expect(known.rows).toEqual([]);
      const left = await pool.query(
        `SELECT 1 FROM rooms.chat_messages WHERE from_name = 'Ada' AND room_code = $1 OR to_name = 'Ada' AND room_code = $1`,
        [other],
      );
      expect(left.rows).toEqual([]);
      expect(await erase(ada)).toMatchObject({ roomsDeleted: 0, attendanceAnonymised: 0 });
    });

    test('leaves its rooms to the person that it names', async () => {
      const [ada, bob] = [account('Ada'), account('Bob')];
      const code = await create(ada, 'Choir');
      expect(await erase(ada, bob)).toMatchObject({ roomsDeleted: 0, roomsHandedOver: 1 });
      const { room } = await signaling.rooms.call('getRoom', { code, ...by(bob) });
      expect(room).toMatchObject({ title: 'Choir', role: 'owner' });
    });

    test('is not found by a text that is no identity', async () => {
      const ask = signaling.rooms.call('eraseIdentity', { identity: '%', successor: '' });
      await expect(ask).rejects.toMatchObject({ code: 'invalid_request' });
    });
  });
});

describe('bans', () => {
  let postgres: TestPostgres;
  let signaling: TestSignaling;
  let pool: DatabasePool;

  beforeAll(async () => {
    postgres = await startPostgres();
    signaling = await TestSignaling.start({
      DATABASE_URL: postgres.databaseUrl,
      MEDIA_ADDRESSES: '127.0.0.1:1',
    });
    pool = createPool({ databaseUrl: postgres.databaseUrl, logger: silentLogger });
  }, 180_000);
  afterAll(async () => {
    await signaling.stop();
    await pool.close();
    await postgres.stop();
  });

  test('keep a person out until somebody who leads the room lifts them', async () => {
    const [ada, eve, bob] = [account('Ada'), guest('home'), guest('home')];
    const by = (caller: Caller) => ({ caller: toCallerMessage(caller) });
    const { room } = await signaling.rooms.call('createRoom', by(ada));
    const code = room?.code as RoomCode;
    const knock = (caller: Caller) =>
      signaling.rooms.call('authorizeJoin', { code, displayName: 'Somebody', ...by(caller) });
    if (eve.identity === null) throw new Error('a guest has an identity');
    const bans = new BanRepository(pool);
    await bans.add(code, {
      identity: eve.identity,
      addressHash: 'home',
      displayName: 'Eve',
      bannedBy: 'Ada',
    });
    await expect(knock(eve)).rejects.toMatchObject({ code: 'banned' });
    // Another browser of the same network, and Eve from another network.
    await expect(knock(bob)).rejects.toMatchObject({ code: 'banned' });
    await expect(knock({ ...eve, addressHash: 'cafe' })).rejects.toMatchObject({ code: 'banned' });
    await expect(knock(guest('cafe'))).resolves.toMatchObject({ role: 'participant' });
    await expect(knock(account('Mia', 'home'))).resolves.toMatchObject({ role: 'participant' });

    const listed = await signaling.rooms.call('listBans', { code, ...by(ada) });
    expect(listed.bans).toMatchObject([{ displayName: 'Eve', bannedBy: 'Ada', isGuest: true }]);
    const banId = listed.bans[0]?.banId ?? '';
    await signaling.rooms.call('unban', { code, banId, ...by(ada) });
    await expect(knock(eve)).resolves.toMatchObject({ role: 'participant' });
    await expect(signaling.rooms.call('unban', { code, banId, ...by(ada) })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('of guests end after a day, those of accounts do not', async () => {
    let now = Date.now();
    const bans = new BanRepository(pool, () => now);
    const { room } = await signaling.rooms.call('createRoom', { caller: toCallerMessage(account('Ada')) });
    const code = room?.code as RoomCode;
    for (const { identity } of [guest(), account('Eve')])
      if (identity !== null)
        await bans.add(code, { identity, addressHash: 'n', displayName: 'Eve', bannedBy: 'Ada' });
    expect(new Set((await bans.list(code)).map(({ isGuest }) => isGuest))).toEqual(new Set([false, true]));
    now += 24 * HOUR_MS;
    expect(await bans.list(code)).toMatchObject([{ isGuest: false, endsAt: null }]);
    expect(await bans.listForDoor(code)).toMatchObject([{ addressHash: null, endsAt: null }]);
  });
});
