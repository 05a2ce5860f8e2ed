import type { Queryable } from '@parley/common/postgres';
import type { PeerId, RoomCode } from '@parley/proto';

/** A peer in a room, from when to when. Times are milliseconds since the epoch. */
export type AttendanceEntry = {
  attendanceId: string;
  code: RoomCode;
  peerId: PeerId;
  displayName: string;
  joinedAt: number;
  leftAt: number | null;
  leaveReason: string | null;
};

type Row = {
  session_id: string;
  room_code: RoomCode;
  peer_id: PeerId;
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

  /** Harmless if repeated. */
  async open(entry: Omit<AttendanceEntry, 'leftAt' | 'leaveReason'>): Promise<void> {
    await this.#pool.query(
      `INSERT INTO rooms.call_sessions (session_id, room_code, peer_id, display_name, joined_at, last_seen_at)
       VALUES ($1, $2, $3, $4, $5, now()) ON CONFLICT (session_id) DO NOTHING`,
      [entry.attendanceId, entry.code, entry.peerId, entry.displayName, new Date(entry.joinedAt)],
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

  /** These peers are still in their rooms. */
  async renew(attendanceIds: readonly string[]): Promise<void> {
    await this.#pool.query(
      'UPDATE rooms.call_sessions SET last_seen_at = now() WHERE session_id = ANY($1::uuid[]) AND left_at IS NULL',
      [attendanceIds],
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

  /** The entries of a room, oldest first. */
  async list(code: RoomCode): Promise<AttendanceEntry[]> {
    const { rows } = await this.#pool.query<Row>(
      `SELECT session_id, room_code, peer_id, display_name, joined_at, left_at, leave_reason
       FROM rooms.call_sessions WHERE room_code = $1 ORDER BY joined_at, session_id`,
      [code],
    );
    return rows.map(fromRow);
  }
}

function fromRow(row: Row): AttendanceEntry {
  return {
    attendanceId: row.session_id,
    code: row.room_code,
    peerId: row.peer_id,
    displayName: row.display_name,
    joinedAt: row.joined_at.getTime(),
    leftAt: row.left_at?.getTime() ?? null,
    leaveReason: row.leave_reason,
  };
}
