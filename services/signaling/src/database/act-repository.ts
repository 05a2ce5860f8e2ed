import type { Queryable } from '@parley/common/postgres';
import type { PeerId, RoomCode } from '@parley/proto/ids';
import type { ActKind, Identity } from '@parley/proto/room';
import { deleteInParts } from './delete-in-parts.ts';

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

  /** `time` in milliseconds since the epoch. Resolves with the number of rows. */
  async deleteBefore(time: number): Promise<number> {
    return deleteInParts(async (limit) => {
      const { rowCount } = await this.#pool.query(
        `DELETE FROM rooms.acts WHERE act_id IN
           (SELECT act_id FROM rooms.acts WHERE done_at < $1 ORDER BY done_at LIMIT $2)`,
        [new Date(time), limit],
      );
      return rowCount;
    });
  }
}
