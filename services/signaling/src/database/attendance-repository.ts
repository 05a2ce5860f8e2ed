import type { Queryable } from '@parley/common/postgres';
import { deleteInParts } from './delete-in-parts.ts';
import type { PeerId, RoomCode } from '@parley/proto/ids';
import { identitySchema, UNKNOWN_IDENTITY, type Identity } from '@parley/proto/room';

/** A peer in a room, from when to when. Times are milliseconds since the epoch. */
export type AttendanceEntry = {
  attendanceId: string;
  code: RoomCode;
  peerId: PeerId;
  /** null: from before there were identities, or the account was deleted. */
  identity: Identity | null;
  displayName: string;
  joinedAt: number;
  leftAt: number | null;
  leaveReason: string | null;
};

/** The attendance of somebody who is still there. */
export type PresentEntry = Omit<AttendanceEntry, 'leftAt' | 'leaveReason'>;

type Row = {
  session_id: string;
  room_code: RoomCode;
  peer_id: PeerId;
  identity: string | null;
  display_name: string;
  joined_at: Date;
  left_at: Date | null;
  leave_reason: string | null;
};

/**
 * The table `rooms.call_sessions`, which has one row for each attendance. It keeps its old name, because during a rolling
 * update instances of the last version write to it as well.
 */
export class AttendanceRepository {
  readonly #pool: Queryable;

  constructor(pool: Queryable) {
    this.#pool = pool;
  }

  /** Harmless if repeated. Marks the room as used. */
  async open(entry: PresentEntry): Promise<void> {
    const { attendanceId, code, peerId, displayName, joinedAt } = entry;
    const identity = storedIdentity(entry);
    await this.#pool.query(
      `WITH used AS (UPDATE rooms.rooms SET last_used_at = now() WHERE code = $2)
       INSERT INTO rooms.call_sessions (session_id, room_code, peer_id, display_name, joined_at, last_seen_at, identity)
       VALUES ($1, $2, $3, $4, $5, now(), $6) ON CONFLICT (session_id) DO NOTHING`,
      [attendanceId, code, peerId, displayName, new Date(joinedAt), identity],
    );
  }

  /** The first end counts, unless it was the guess of `endAbandoned`. */
  async end(attendanceId: string, leftAt: number, reason: string): Promise<void> {
    await this.#pool.query(
      `UPDATE rooms.call_sessions SET left_at = $2, last_seen_at = $2, leave_reason = $3
       WHERE session_id = $1 AND (left_at IS NULL OR leave_reason = 'lost')`,
      [attendanceId, new Date(leftAt), reason],
    );
  }

  /** These peers are still in their rooms. Writes also what an instance that died had not written yet. */
  async renew(entries: readonly PresentEntry[]): Promise<void> {
    await this.#pool.query(
      `INSERT INTO rooms.call_sessions AS known
         (session_id, room_code, peer_id, display_name, joined_at, last_seen_at, identity)
       SELECT present.session_id, present.room_code, present.peer_id, present.display_name, present.joined_at, now(), present.identity
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])
         AS present (session_id, room_code, peer_id, display_name, joined_at, identity)
       JOIN rooms.rooms ON code = present.room_code
       ON CONFLICT (session_id) DO UPDATE SET last_seen_at = now() WHERE known.left_at IS NULL`,
      [
        entries.map(({ attendanceId }) => attendanceId),
        entries.map(({ code }) => code),
        entries.map(({ peerId }) => peerId),
        entries.map(({ displayName }) => displayName),
        entries.map(({ joinedAt }) => new Date(joinedAt)),
        entries.map(storedIdentity),
      ],
    );
  }

  /** Ends entries that nobody renewed for `silenceMs`, at the time of the last renewal: their instance died. */
  async endAbandoned(silenceMs: number): Promise<void> {
    await this.#pool.query(
      `UPDATE rooms.call_sessions SET left_at = last_seen_at, leave_reason = 'lost'
       WHERE left_at IS NULL AND last_seen_at < now() - $1 * interval '1 millisecond'`,
      [silenceMs],
    );
  }

  /** Deletes the entries that ended before. Resolves with their number. */
  deleteBefore(time: number): Promise<number> {
    return deleteInParts(async (limit) => {
      const { rowCount } = await this.#pool.query(
        `DELETE FROM rooms.call_sessions WHERE session_id IN
           (SELECT session_id FROM rooms.call_sessions WHERE left_at < $1 ORDER BY left_at LIMIT $2)`,
        [new Date(time), limit],
      );
      return rowCount;
    });
  }

  /** The entries of a room, oldest first. */
  async list(code: RoomCode): Promise<AttendanceEntry[]> {
    const { rows } = await this.#pool.query<Row>(
      `SELECT session_id, room_code, peer_id, identity, display_name, joined_at, left_at, leave_reason
       FROM rooms.call_sessions WHERE room_code = $1 ORDER BY joined_at, session_id`,
      [code],
    );
    return rows.map(fromRow);
  }
}

function storedIdentity({ identity }: PresentEntry): Identity | null {
  return identity === UNKNOWN_IDENTITY ? null : identity;
}

function fromRow(row: Row): AttendanceEntry {
  return {
    attendanceId: row.session_id,
    code: row.room_code,
    peerId: row.peer_id,
    identity: identitySchema.nullable().parse(row.identity),
    displayName: row.display_name,
    joinedAt: row.joined_at.getTime(),
    leftAt: row.left_at?.getTime() ?? null,
    leaveReason: row.leave_reason,
  };
}
