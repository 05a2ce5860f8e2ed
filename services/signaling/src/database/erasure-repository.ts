import type { DatabasePool } from '@parley/common/postgres';
import type { RoomCode } from '@parley/proto/ids';
import type { Identity } from '@parley/proto/room';

/** Rows from which a name was taken. */
export type Anonymised = { attendance: number; messages: number; acts: number };

/** Takes a person out of what is stored. */
export class ErasureRepository {
  readonly #pool: DatabasePool;

  constructor(pool: DatabasePool) {
    this.#pool = pool;
  }

  async roomsOf(owner: Identity): Promise<RoomCode[]> {
    const { rows } = await this.#pool.query<{ code: RoomCode }>(
      'SELECT code FROM rooms.rooms WHERE owner_identity = $1 ORDER BY created_at',
      [owner],
    );
    return rows.map(({ code }) => code);
  }

  /** Resolves with the rooms that have another owner now. */
  async handOver(owner: Identity, successor: Identity): Promise<RoomCode[]> {
    const { rows } = await this.#pool.query<{ code: RoomCode }>(
      `UPDATE rooms.rooms SET owner_identity = $2, revision = revision + 1
       WHERE owner_identity = $1 RETURNING code`,
      [owner, successor],
    );
    return rows.map(({ code }) => code);
  }

  /**
   * Takes the names of the person out of attendance, chat and the log of acts, all or nothing. What was written stays: it is part of what others
   * said. Older messages are found by the attendance only, which therefore goes last.
   */
  async anonymise(identity: Identity): Promise<Anonymised> {
    return this.#pool.transaction(async (connection) => {
      const ofPerson = `(SELECT room_code, peer_id FROM rooms.call_sessions WHERE identity = $1)`;
      const sent = await connection.query(
        `UPDATE rooms.chat_messages SET from_name = '', from_identity = NULL
         WHERE (from_identity = $1 OR (room_code, from_peer_id) IN ${ofPerson})
           AND (from_name <> '' OR from_identity IS NOT NULL)`,
        [identity],
      );
      await connection.query(
        `UPDATE rooms.chat_messages SET to_name = '', to_identity = NULL
         WHERE (to_identity = $1 OR (room_code, to_peer_id) IN ${ofPerson})
           AND (to_name <> '' OR to_identity IS NOT NULL)`,
        [identity],
      );
      await connection.query(
        `UPDATE rooms.chat_messages SET reactors =
           (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(reactors) WHERE value <> to_jsonb($1::text))
         WHERE reactors <> '{}' AND jsonb_path_query_array(reactors, '$.*') @> to_jsonb($1::text)`,
        [identity],
      );
      const attended = await connection.query(
        `UPDATE rooms.call_sessions SET display_name = '', identity = NULL WHERE identity = $1`,
        [identity],
      );
      const acted = await connection.query(
        `UPDATE rooms.acts SET
           by_name = CASE WHEN by_identity = $1 THEN '' ELSE by_name END,
           by_identity = nullif(by_identity, $1),
           to_name = CASE WHEN to_identity = $1 THEN '' ELSE to_name END,
           to_identity = nullif(to_identity, $1)
         WHERE by_identity = $1 OR to_identity = $1`,
        [identity],
      );
      return {
        attendance: attended.rowCount ?? 0,
        messages: sent.rowCount ?? 0,
        acts: acted.rowCount ?? 0,
      };
    });
  }

  /** Resolves with the rooms that the person was banned from. */
  async deleteBans(identity: Identity): Promise<RoomCode[]> {
    const { rows } = await this.#pool.query<{ code: RoomCode }>(
      `WITH deleted AS (DELETE FROM rooms.bans WHERE identity = $1 RETURNING room_code)
       UPDATE rooms.rooms SET revision = revision + 1 FROM deleted WHERE code = room_code RETURNING code`,
      [identity],
    );
    return rows.map(({ code }) => code);
  }
}
