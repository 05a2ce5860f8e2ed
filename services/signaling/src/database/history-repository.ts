import type { Queryable } from '@parley/common/postgres';
import type { RoomCode } from '@parley/proto/ids';
import type { CallDetails, PastAct, PastCall, Visit } from '@parley/proto/rest';
import { identitySchema, isGuest, type ActKind, type Identity } from '@parley/proto/room';

/** Of attendance, of messages and of acts of one call. */
export const DETAILS_MAX = 5_000;

type Attendance = CallDetails['attendance'][number];
type PastMessage = CallDetails['messages'][number];
type CallRow = { call_id: string; started_at: Date; ended_at: Date | null; entries: number };
type AttendanceRow = { display_name: string; identity: string | null; joined_at: Date; left_at: Date | null };
type MessageRow = { from_name: string; body: string; sent_at: Date };
type ActRow = {
  kind: ActKind;
  by_name: string | null;
  to_name: string | null;
  detail: string | null;
  done_at: Date;
};
type VisitRow = {
  code: RoomCode;
  title: string;
  display_name: string;
  joined_at: Date;
  left_at: Date | null;
};

/**
 * The calls of one room ($1): entries of the attendance that overlap, one by one, belong to one call. Its id is that of its first
 * entry.
 */
const CALLS = `
  WITH entries AS (
    SELECT session_id, joined_at, left_at,
      max(COALESCE(left_at, 'infinity')) OVER (
        ORDER BY joined_at, session_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS busy_until
    FROM rooms.call_sessions WHERE room_code = $1
  ), numbered AS (
    SELECT session_id, joined_at, left_at,
      count(*) FILTER (WHERE busy_until IS NULL OR joined_at > busy_until)
        OVER (ORDER BY joined_at, session_id) AS call_number
    FROM entries
  ), calls AS (
    SELECT
      (array_agg(session_id ORDER BY joined_at, session_id))[1] AS call_id,
      min(joined_at) AS started_at,
      CASE WHEN bool_or(left_at IS NULL) THEN NULL ELSE max(left_at) END AS ended_at,
      count(*)::int AS entries
    FROM numbered GROUP BY call_number
  )`;

/** Reads what is kept of calls. Changes nothing. */
export class HistoryRepository {
  readonly #pool: Queryable;

  constructor(pool: Queryable) {
    this.#pool = pool;
  }

  /** The newest first. `before`: only calls that started earlier, in milliseconds since the epoch. */
  async listCalls(code: RoomCode, before: number | null, limit: number): Promise<PastCall[]> {
    const { rows } = await this.#pool.query<CallRow>(
      `${CALLS} SELECT * FROM calls WHERE $2::timestamptz IS NULL OR started_at < $2
       ORDER BY started_at DESC LIMIT $3`,
      [code, asDate(before), limit],
    );
    return rows.map(toCall);
  }

  async findCall(code: RoomCode, callId: string): Promise<PastCall | undefined> {
    const { rows } = await this.#pool.query<CallRow>(`${CALLS} SELECT * FROM calls WHERE call_id = $2`, [
      code,
      callId,
    ]);
    return rows[0] && toCall(rows[0]);
  }

  /** Oldest first, one more than the limit if there are more. */
  async listAttendance(code: RoomCode, { startedAt, endedAt }: PastCall): Promise<Attendance[]> {
    const { rows } = await this.#pool.query<AttendanceRow>(
      `SELECT display_name, identity, joined_at, left_at FROM rooms.call_sessions
       WHERE room_code = $1 AND joined_at >= $2 AND ($3::timestamptz IS NULL OR joined_at <= $3)
       ORDER BY joined_at, session_id LIMIT ${DETAILS_MAX + 1}`,
      [code, asDate(startedAt), asDate(endedAt)],
    );
    return rows.map((row) => ({
      displayName: row.display_name,
      kind: kindOf(row.identity),
      joinedAt: row.joined_at.getTime(),
      leftAt: row.left_at?.getTime() ?? null,
    }));
  }

  /** What was said to everybody and neither cleared nor deleted since, oldest first, one more than the limit if there are more. */
  async listMessages(code: RoomCode, { startedAt, endedAt }: PastCall): Promise<PastMessage[]> {
    const { rows } = await this.#pool.query<MessageRow>(
      `SELECT from_name, body, sent_at FROM rooms.chat_messages JOIN rooms.rooms ON rooms.code = room_code
       WHERE room_code = $1 AND to_peer_id IS NULL AND body <> ''
         AND sent_at >= $2 AND ($3::timestamptz IS NULL OR sent_at <= $3)
         AND (chat_cleared_at IS NULL OR sent_at >= chat_cleared_at)
       ORDER BY seq LIMIT ${DETAILS_MAX + 1}`,
      [code, asDate(startedAt), asDate(endedAt)],
    );
    return rows.map((row) => ({ fromName: row.from_name, text: row.body, sentAt: row.sent_at.getTime() }));
  }

  /** What was done in the call, oldest first, one more than the limit if there are more. */
  async listActs(code: RoomCode, { startedAt, endedAt }: PastCall): Promise<PastAct[]> {
    const { rows } = await this.#pool.query<ActRow>(
      `SELECT kind, by_name, to_name, detail, done_at FROM rooms.acts
       WHERE room_code = $1 AND done_at >= $2 AND ($3::timestamptz IS NULL OR done_at <= $3)
       ORDER BY done_at, act_id LIMIT ${DETAILS_MAX + 1}`,
      [code, asDate(startedAt), asDate(endedAt)],
    );
    return rows.map((row) => ({
      kind: row.kind,
      byName: row.by_name,
      toName: row.to_name,
      detail: row.detail ?? '',
      doneAt: row.done_at.getTime(),
    }));
  }

  /** What a person was in, the newest first. `before`: only what began earlier, in milliseconds since the epoch. */
  async listVisits(identity: Identity, before: number | null, limit: number): Promise<Visit[]> {
    const { rows } = await this.#pool.query<VisitRow>(
      `SELECT code, title, display_name, joined_at, left_at
       FROM rooms.call_sessions JOIN rooms.rooms ON rooms.code = room_code
       WHERE identity = $1 AND ($2::timestamptz IS NULL OR joined_at < $2)
       ORDER BY joined_at DESC LIMIT $3`,
      [identity, asDate(before), limit],
    );
    return rows.map((row) => ({
      code: row.code,
      title: row.title,
      displayName: row.display_name,
      joinedAt: row.joined_at.getTime(),
      leftAt: row.left_at?.getTime() ?? null,
    }));
  }
}

function toCall(row: CallRow): PastCall {
  return {
    callId: row.call_id,
    startedAt: row.started_at.getTime(),
    endedAt: row.ended_at?.getTime() ?? null,
    entries: row.entries,
  };
}

function kindOf(identity: string | null): Attendance['kind'] {
  if (identity === null) return 'unknown';
  return isGuest(identitySchema.parse(identity)) ? 'guest' : 'account';
}

function asDate(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
