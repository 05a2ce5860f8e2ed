import type { Queryable } from '@parley/common/postgres';
import type { ActKind, Identity, PeerId, RoomCode } from '@parley/proto';

/** Somebody in an act: who did it, or whom it concerns. */
export type ActPerson = { peerId: PeerId; name: string; identity: Identity };

/** One line of the log of a room. `doneAt` in milliseconds since the epoch. */
export type ActEntry = {
  actId: string;
  code: RoomCode;
  kind: ActKind;
  /** null: the rules of the room did it. */
  by: ActPerson | null;
  /** null: it concerns the whole room. */
  to: ActPerson | null;
  /** The source that was stopped, or the new role. */
  detail: string | null;
  doneAt: number;
};

type Row = {
  act_id: string;
  room_code: RoomCode;
  kind: ActKind;
  by_peer_id: PeerId | null;
  by_name: string | null;
  by_identity: Identity | null;
  to_peer_id: PeerId | null;
  to_name: string | null;
  to_identity: Identity | null;
  detail: string | null;
  done_at: Date;
};

/** The table `rooms.acts`. */
export class ActRepository {
  readonly #pool: Queryable;

  constructor(pool: Queryable) {
    this.#pool = pool;
  }

  /** Harmless if repeated. */
  async insert({ actId, code, kind, by, to, detail, doneAt }: ActEntry): Promise<void> {
    await this.#pool.query(
      `INSERT INTO rooms.acts (act_id, room_code, kind, by_peer_id, by_name, by_identity,
                               to_peer_id, to_name, to_identity, detail, done_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (act_id) DO NOTHING`,
      [
        actId,
        code,
        kind,
        by?.peerId,
        by?.name,
        by?.identity,
        to?.peerId,
        to?.name,
        to?.identity,
        detail,
        new Date(doneAt),
      ],
    );
  }

  /** The acts of a room that are older than `before` (milliseconds since the epoch), newest first. */
  async list(code: RoomCode, { before, limit }: { before?: number; limit: number }): Promise<ActEntry[]> {
    const { rows } = await this.#pool.query<Row>(
      `SELECT act_id, room_code, kind, by_peer_id, by_name, by_identity, to_peer_id, to_name, to_identity, detail, done_at
       FROM rooms.acts WHERE room_code = $1 AND ($2::timestamptz IS NULL OR done_at < $2)
       ORDER BY done_at DESC, act_id LIMIT $3`,
      [code, before === undefined ? null : new Date(before), limit],
    );
    return rows.map(fromRow);
  }
}

function fromRow(row: Row): ActEntry {
  return {
    actId: row.act_id,
    code: row.room_code,
    kind: row.kind,
    by: personOf(row.by_peer_id, row.by_name, row.by_identity),
    to: personOf(row.to_peer_id, row.to_name, row.to_identity),
    detail: row.detail,
    doneAt: row.done_at.getTime(),
  };
}

function personOf(peerId: PeerId | null, name: string | null, identity: Identity | null): ActPerson | null {
  return peerId === null || identity === null ? null : { peerId, name: name ?? '', identity };
}
