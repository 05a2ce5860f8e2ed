import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPool, migrate, type DatabasePool } from '@parley/common/postgres';
import {
  captureLogger,
  silentLogger,
  startPostgres,
  waitFor,
  type TestPostgres,
} from '@parley/common/testing';
import { formatRoomCode, peerIdSchema, type RoomCode } from '@parley/proto/ids';
import { browserIdentity } from '@parley/proto/room';
import path from 'node:path';
import { ActRepository } from '../src/database/act-repository.ts';
import { AttendanceRepository } from '../src/database/attendance-repository.ts';
import { BanRepository } from '../src/database/ban-repository.ts';
import { ChatRepository } from '../src/database/chat-repository.ts';
import { FileRepository } from '../src/database/file-repository.ts';
import { Retention, type Retained } from '../src/database/retention.ts';
import { retentionSteps } from '../src/database/retention-steps.ts';
import { RoomRepository } from '../src/database/room-repository.ts';

const DAY_MS = 86_400_000;
const CODE = formatRoomCode('abcdefghjkm');
const OTHER = formatRoomCode('mkjhgfedcba');
const ADA = browserIdentity('a'.repeat(22));
const PEER = peerIdSchema.parse('peer-1');

describe('what is kept', () => {
  let postgres: TestPostgres;
  let pool: DatabasePool;
  let rooms: RoomRepository;
  let attendance: AttendanceRepository;
  let bans: BanRepository;
  let acts: ActRepository;
  let deleted: Partial<Record<Retained, number>>;
  let outcomes: string[];
  let log: ReturnType<typeof captureLogger>;
  const running: Retention[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    pool = createPool({ databaseUrl: postgres.databaseUrl, logger: silentLogger });
    const directory = path.join(import.meta.dirname, '../migrations');
    await migrate(pool, { schema: 'rooms', directory, logger: silentLogger });
    rooms = new RoomRepository(pool);
    attendance = new AttendanceRepository(pool);
    bans = new BanRepository(pool);
    acts = new ActRepository(pool);
  }, 180_000);
  afterAll(async () => {
    await pool.close();
    await postgres.stop();
  });
  beforeEach(async () => {
    await pool.query('DELETE FROM rooms.rooms; DELETE FROM rooms.chat_files');
    [deleted, outcomes, log] = [{}, [], captureLogger()];
  });
  afterEach(async () => {
    for (const retention of running.splice(0)) await retention.close();
  });

  const metrics = {
    retentionDeleted: (what: Retained, count: number) => {
      deleted[what] = (deleted[what] ?? 0) + count;
    },
    retentionDone: (outcome: string) => outcomes.push(outcome),
  };

  /** Looks once with the clock moved by so many days. */
  async function lookAfter(
    days: number,
    kept: { days: number; chatDays: number | undefined },
  ): Promise<void> {
    const steps = retentionSteps(kept, {
      pool,
      chat: new ChatRepository(pool),
      attendance,
      acts,
      bans,
      files: new FileRepository(pool),
    });
    const now = () => Date.now() + days * DAY_MS;
    const retention = new Retention({ pool, steps, metrics, logger: log.logger, now });
    running.push(retention);
    await retention.look();
  }

  async function makeRoom(code: RoomCode, settings = {}): Promise<void> {
    await rooms.insert({ code, title: '', owner: ADA, settings, passcodeHash: null, createdFrom: null });
  }

  /** A room with a call that is over, a message, an act and a ban. */
  async function makeUsedRoom(): Promise<void> {
    await makeRoom(CODE);
    const attendanceId = crypto.randomUUID();
    const entry = { attendanceId, code: CODE, peerId: PEER, identity: ADA, displayName: 'Ada' };
    await attendance.open({ ...entry, joinedAt: Date.now() });
    await attendance.end(attendanceId, Date.now(), 'left');
    await pool.query(
      `WITH file AS (
         INSERT INTO rooms.chat_files (file_id, room_code, peer_id, name, size, begun_at, stored_at, media_type, message_id)
         VALUES ($4, $2, 'peer-1', 'a.txt', 5, now(), now(), 'text/plain', $1) RETURNING file_id)
       INSERT INTO rooms.chat_messages (message_id, room_code, client_message_id, from_peer_id, from_name, body, file_id)
       SELECT $1, $2, $3, 'peer-1', 'Ada', 'hello', file_id FROM file`,
      [crypto.randomUUID(), CODE, crypto.randomUUID(), crypto.randomUUID()],
    );
    await acts.insert({
      actId: crypto.randomUUID(),
      code: CODE,
      kind: 'locked',
      by: { peerId: PEER, name: 'Ada', identity: ADA },
      to: null,
      detail: null,
      doneAt: Date.now(),
    });
    const person = { addressHash: 'network', displayName: 'Eve', bannedBy: 'Ada' };
    await bans.add(CODE, { identity: browserIdentity('e'.repeat(22)), ...person });
  }

  const counts = async () => {
    const of = async (table: string) =>
      (await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM rooms.${table}`)).rows[0]?.n;
    return {
      chat_messages: await of('chat_messages'),
      call_sessions: await of('call_sessions'),
      acts: await of('acts'),
      bans: await of('bans'),
      rooms: await of('rooms'),
      living_files: await of('chat_files WHERE dead_at IS NULL'),
    };
  };

  test('is all there on the 89th day, but for the ban of a guest', async () => {
    await makeUsedRoom();
    await lookAfter(89, { days: 90, chatDays: undefined });
    expect(await counts()).toEqual({
      chat_messages: 1,
      call_sessions: 1,
      acts: 1,
      bans: 0,
      rooms: 1,
      living_files: 1,
    });
  });

  test('is gone on the 91st, which is counted and reported', async () => {
    await makeUsedRoom();
    await lookAfter(91, { days: 90, chatDays: undefined });
    expect(await counts()).toEqual({
      chat_messages: 0,
      call_sessions: 0,
      acts: 0,
      bans: 0,
      rooms: 0,
      living_files: 0,
    });
    expect(deleted).toEqual({ messages: 1, attendance: 1, acts: 1, bans: 1, rooms: 1, files: 1 });
    expect(outcomes).toEqual(['ok']);
    const line = log.lines.find(({ msg }) => msg === 'old data deleted');
    expect(line).toMatchObject({ messages: 1, attendance: 1, acts: 1, bans: 1, rooms: 1, files: 1 });
  });

  test('ends sooner in the chat where that is wished, and never later', async () => {
    await makeUsedRoom();
    await lookAfter(31, { days: 90, chatDays: 30 });
    expect(await counts()).toMatchObject({ chat_messages: 0, call_sessions: 1, rooms: 1 });
    await makeRoom(OTHER);
    await lookAfter(91, { days: 90, chatDays: 365 });
    expect(await counts()).toMatchObject({ call_sessions: 0, rooms: 0 });
  });

  test('stays while somebody is in the call, and while the room opens later', async () => {
    await makeRoom(CODE);
    const entry = { attendanceId: crypto.randomUUID(), code: CODE, peerId: PEER, identity: ADA };
    await attendance.open({ ...entry, displayName: 'Ada', joinedAt: Date.now() });
    await makeRoom(OTHER, { opensAt: Date.now() + 30 * DAY_MS });
    await lookAfter(91, { days: 90, chatDays: undefined });
    expect(await counts()).toMatchObject({ call_sessions: 1, rooms: 2 });
  });

  test('is deleted in parts, however much there is', async () => {
    await makeRoom(CODE);
    await pool.query(
      `INSERT INTO rooms.call_sessions (session_id, room_code, peer_id, display_name, joined_at, last_seen_at, left_at)
       SELECT gen_random_uuid(), $1, 'p', 'Ada', now(), now(), now() FROM generate_series(1, 12001)`,
      [CODE],
    );
    await lookAfter(91, { days: 90, chatDays: undefined });
    expect(deleted).toMatchObject({ attendance: 12_001 });
  });

  test('is deleted by one instance at a time', async () => {
    await makeUsedRoom();
    await pool.session(async (connection) => {
      await connection.query("SELECT pg_advisory_lock(hashtext('parley:retention'))");
      await lookAfter(91, { days: 90, chatDays: undefined });
      expect(deleted).toEqual({});
      expect(await counts()).toMatchObject({ rooms: 1 });
      await connection.query("SELECT pg_advisory_unlock(hashtext('parley:retention'))");
    });
    await lookAfter(91, { days: 90, chatDays: undefined });
    expect(deleted).toMatchObject({ rooms: 1 });
  });

  test('is deleted an hour later if the database is away, which is counted', async () => {
    await pool.query('CHECKPOINT');
    await postgres.kill();
    await lookAfter(91, { days: 90, chatDays: undefined });
    expect(outcomes).toEqual(['failed']);
    await postgres.restart();
    await waitFor(() => pool.query('SELECT 1').then(() => true));
  });
});
