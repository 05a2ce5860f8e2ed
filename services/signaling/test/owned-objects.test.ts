import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createPool, migrate, type DatabasePool } from '@parley/common/postgres';
import {
  captureLogger,
  silentLogger,
  startPostgres,
  waitFor,
  type TestPostgres,
} from '@parley/common/testing';
import { ParleyError } from '@parley/proto/errors';
import { formatRoomCode, peerIdSchema, type TraceId } from '@parley/proto/ids';
import { DEFAULT_ROOM_SETTINGS, UNKNOWN_IDENTITY } from '@parley/proto/room';
import path from 'node:path';
import { Attendance } from '../src/database/attendance.ts';
import { PeerSession } from '../src/peer/peer-session.ts';
import { Sweeper } from '../src/room/sweeper.ts';
import type { LivePeer, PeerRef, SessionId } from '../src/store/live-room-store.ts';
import { MemoryLiveRoomStore } from '../src/store/memory-live-room-store.ts';
import { PeerReleases } from '../src/nodes/peer-releases.ts';
import { AttendanceRepository, type PresentEntry } from '../src/database/attendance-repository.ts';
import { RoomRepository } from '../src/database/room-repository.ts';
import { NotingLink } from './support/noting-link.ts';

const CODE = formatRoomCode('abcdefghjkm');
const PEER = peerIdSchema.parse('peer-1');
const SESSION = 'session-1' as SessionId;
const LIMITS = { placedAsFirst: true, peerLimit: 5, networkPeerLimit: 5, networkRoomLimit: 5 };

describe('releases of peers that left', () => {
  let calls: number;
  let away: boolean;
  let releases: PeerReleases;

  beforeEach(() => {
    [calls, away] = [0, false];
    releases = new PeerReleases(async () => {
      calls += 1;
      if (away) throw new ParleyError('media_unavailable');
    }, silentLogger);
  });

  test('are done once the node answers, and not asked twice', async () => {
    releases.add(CODE, PEER);
    releases.add(CODE, PEER);
    await releases.idle();
    expect([calls, releases.size]).toEqual([1, 0]);
  });

  test('are tried again while the node is away', async () => {
    away = true;
    releases.add(CODE, PEER);
    await waitFor(() => calls >= 3);
    expect(releases.size).toBe(1);
    away = false;
    await releases.idle();
    expect(releases.size).toBe(0);
  });

  test('are settled at once before the peer is opened again, and kept when that fails', async () => {
    away = true;
    releases.add(CODE, PEER);
    await expect(releases.settle(CODE, PEER)).rejects.toMatchObject({ code: 'media_unavailable' });
    expect(releases.size).toBe(1);
    away = false;
    await releases.settle(CODE, PEER);
    expect(releases.size).toBe(0);
    const before = calls;
    await releases.settle(CODE, PEER);
    expect(calls).toBe(before);
  });

  test('end with their node', async () => {
    away = true;
    releases.add(CODE, PEER);
    await waitFor(() => calls === 1);
    releases.close();
    releases.close();
    releases.add(CODE, PEER);
    expect([releases.size, calls]).toEqual([0, 1]);
    await releases.idle();
  });
});

describe('a session', () => {
  let link: NotingLink;
  let store: MemoryLiveRoomStore;
  let session: PeerSession;

  beforeEach(async () => {
    link = new NotingLink();
    store = new MemoryLiveRoomStore();
    await store.addPeer({
      room: { code: CODE, version: 1, title: '', createdAt: 1, settings: DEFAULT_ROOM_SETTINGS },
      access: undefined,
      peer: livePeer(null),
      ...LIMITS,
    });
    session = new PeerSession({
      code: CODE,
      peer: livePeer(null),
      media: undefined,
      store,
      resumeGraceMs: 10,
      link,
      logger: silentLogger,
    });
  });

  test('has no media until it is opened, and refuses requests for it', () => {
    expect(() => session.media).toThrow(expect.objectContaining({ code: 'media_unavailable' }));
  });

  test('refuses a producer of another peer', () => {
    const foreign = 'foreign' as Parameters<PeerSession['sent']['assertOwn']>[0];
    expect(() => session.sent.assertOwn(foreign)).toThrow(
      expect.objectContaining({ code: 'producer_not_found' }),
    );
  });

  test('after it is closed notifies no more and refuses everything', () => {
    session.close('taken-over');
    session.close('timed-out');
    expect(link.ended).toEqual(['taken-over']);
    session.notify('media:reset', { reason: 'node-lost' });
    expect(link.notified).toEqual([]);
    expect(() => session.media).toThrow(expect.objectContaining({ code: 'closed' }));
  });

  test('whose peer another session has changes nothing any more', async () => {
    await store.changePeer(CODE, PEER, 'none', (peer) => ({ ...peer, sessionId: 'session-2' as SessionId }));
    await expect(session.loseSocket()).rejects.toMatchObject({ code: 'closed' });
    await expect(session.record()).rejects.toMatchObject({ code: 'closed' });
    expect(await store.findPeer(CODE, PEER)).toMatchObject({
      expiresAt: null,
      record: { connection: 'connected' },
    });
  });
});

describe('the sweeper', () => {
  test('times out a peer whose grace is over, and stops with its owner', async () => {
    const store = new MemoryLiveRoomStore();
    const room = { code: CODE, version: 1, title: '', createdAt: 1, settings: DEFAULT_ROOM_SETTINGS };
    const timedOut: PeerRef[] = [];
    const timeOut = async (ref: PeerRef) => {
      timedOut.push(ref);
      await store.removePeer(ref, 'timed-out');
    };
    const sweeper = new Sweeper({ store, resumeGraceMs: 100, logger: silentLogger, timeOut });
    await store.addPeer({
      room,
      access: undefined,
      peer: livePeer(Date.now() - 1),
      ...LIMITS,
    });
    await waitFor(() => timedOut.length > 0);
    expect(timedOut).toEqual([{ code: CODE, peerId: PEER, sessionId: SESSION }]);
    store.close();
    const { logger, lines } = captureLogger();
    const asked = jest.spyOn(store, 'listExpired');
    const failing = new Sweeper({ store, resumeGraceMs: 100, logger, timeOut });
    // A store that is away is asked again, and the log has one line about it.
    await waitFor(() => asked.mock.calls.length >= 4);
    expect(lines).toHaveLength(1);
    failing.close();
    sweeper.close();
  });
});

describe('the attendance', () => {
  let postgres: TestPostgres;
  let pool: DatabasePool;
  let repository: AttendanceRepository;

  beforeAll(async () => {
    postgres = await startPostgres();
    pool = createPool({ databaseUrl: postgres.databaseUrl, logger: silentLogger });
    await migrate(pool, {
      schema: 'rooms',
      directory: path.resolve(import.meta.dirname, '../migrations'),
      logger: silentLogger,
    });
    repository = new AttendanceRepository(pool);
    await new RoomRepository(pool).insert({
      code: CODE,
      title: '',
      owner: null,
      settings: {},
      passcodeHash: null,
      createdFrom: null,
    });
    await pool.query('CHECKPOINT');
  }, 180_000);
  afterAll(async () => {
    await pool.close();
    await postgres.stop();
  });

  const nobody = (): PresentEntry[] => [];
  const entryOf = (attendanceId: string, displayName: string): PresentEntry => ({
    attendanceId,
    code: CODE,
    peerId: PEER,
    identity: null,
    displayName,
    joinedAt: Date.now(),
  });
  const begin = (attendance: Attendance, displayName: string): string => {
    const attendanceId = crypto.randomUUID();
    attendance.begin(entryOf(attendanceId, displayName));
    return attendanceId;
  };
  const find = async (attendanceId: string) =>
    (await repository.list(CODE)).find((row) => row.attendanceId === attendanceId);

  test("has a peer's name, room, join, leave and reason", async () => {
    const attendance = new Attendance(repository, nobody, silentLogger);
    const attendanceId = begin(attendance, 'Ada');
    attendance.end(attendanceId, 'left');
    attendance.end(attendanceId, 'timed-out');
    await attendance.close(5_000);
    const row = await find(attendanceId);
    expect(row).toMatchObject({ peerId: PEER, identity: null, displayName: 'Ada', leaveReason: 'left' });
    expect(row?.leftAt).toBeGreaterThanOrEqual(row?.joinedAt ?? Infinity);
  });

  test('waits for PostgreSQL, and keeps the order', async () => {
    const attendance = new Attendance(repository, nobody, silentLogger);
    await postgres.kill();
    const attendanceId = begin(attendance, 'Bob');
    attendance.end(attendanceId, 'left');
    expect(attendance.backlog).toBe(2);
    await postgres.restart();
    await waitFor(() => attendance.backlog === 0, { timeoutMs: 5_000, what: 'the backlog is written' });
    expect(await find(attendanceId)).toMatchObject({ leaveReason: 'left' });
    await attendance.close(1_000);
  });

  test('is closed in time although PostgreSQL is away, and logs how many writes are lost', async () => {
    const { logger, lines } = captureLogger();
    const attendance = new Attendance(repository, nobody, logger);
    await postgres.kill();
    begin(attendance, 'Eve');
    const startedAt = performance.now();
    await attendance.close(300);
    await attendance.close(300);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(lines.find(({ msg }) => msg === 'writes lost')).toMatchObject({ writes: 1 });
    await postgres.restart();
  });

  test('of a room that does not exist is discarded, and does not hold up the rest', async () => {
    const attendance = new Attendance(repository, nobody, silentLogger);
    attendance.begin({
      attendanceId: crypto.randomUUID(),
      code: formatRoomCode('zzzzzzzzzzz'),
      peerId: PEER,
      identity: null,
      displayName: 'Ghost',
      joinedAt: 1,
    });
    const attendanceId = begin(attendance, 'Mia');
    await waitFor(() => attendance.backlog === 0);
    expect(await find(attendanceId)).toMatchObject({ displayName: 'Mia', leftAt: null });
    await attendance.close(1_000);
  });

  test('renews the present peers wherever they joined, and no peer that joined here and is gone', async () => {
    const here: PresentEntry[] = [];
    // Fakes only the interval: everything else waits for a real PostgreSQL.
    jest.useFakeTimers({
      doNotFake: ['Date', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setTimeout'],
    });
    const attendance = new Attendance(repository, () => here, silentLogger);
    const [stays, gone] = [begin(attendance, 'Stays'), begin(attendance, 'Gone')];
    await waitFor(() => attendance.backlog === 0);
    const unwritten = crypto.randomUUID();
    here.push(entryOf(stays, 'Stays'), entryOf(unwritten, 'Unwritten'));
    await pool.query(
      `UPDATE rooms.call_sessions SET last_seen_at = now() - interval '1 hour' WHERE session_id = ANY($1)`,
      [[stays, gone]],
    );
    jest.advanceTimersByTime(60_000);
    jest.useRealTimers();
    await attendance.close(5_000);
    expect(await find(stays)).toMatchObject({ leftAt: null });
    // Its instance died while PostgreSQL was away.
    expect(await find(unwritten)).toMatchObject({ displayName: 'Unwritten', leftAt: null });
    expect(await find(gone)).toMatchObject({ leaveReason: 'lost' });
  });

  test('ends an entry that a crash left open at its last renewal, and takes a later leave instead of that guess', async () => {
    const attendance = new Attendance(repository, nobody, silentLogger);
    const attendanceId = begin(attendance, 'Lost');
    await waitFor(() => attendance.backlog === 0);
    await pool.query(
      `UPDATE rooms.call_sessions SET last_seen_at = now() - interval '1 hour' WHERE session_id = $1`,
      [attendanceId],
    );
    await repository.endAbandoned(60_000);
    const lost = await find(attendanceId);
    expect(lost).toMatchObject({ leaveReason: 'lost' });
    expect(Date.now() - (lost?.leftAt ?? 0)).toBeGreaterThan(3_000_000);
    attendance.end(attendanceId, 'left');
    await attendance.close(1_000);
    expect(await find(attendanceId)).toMatchObject({ leaveReason: 'left' });
  });
});

function livePeer(expiresAt: number | null): LivePeer {
  return {
    record: {
      peerId: PEER,
      version: 1,
      displayName: 'Ada',
      role: 'participant',
      joinedAt: 1,
      connection: 'connected',
      handRaisedAt: null,
      producers: [],
    },
    sessionId: SESSION,
    instanceId: 'here',
    resumeSecretHashes: [],
    retiredSecretHashes: [],
    network: 'network',
    claims: 1,
    movedAt: null,
    identity: UNKNOWN_IDENTITY,
    addressHash: '',
    traceId: '0'.repeat(32) as TraceId,
    attendanceId: crypto.randomUUID(),
    mediaNodeId: 'node',
    expiresAt,
  };
}
