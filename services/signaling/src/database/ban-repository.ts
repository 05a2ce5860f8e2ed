import { randomUUID } from 'node:crypto';
import type { DatabasePool, Queryable } from '@parley/common/postgres';
import { ParleyError } from '@parley/proto/errors';
import type { RoomCode } from '@parley/proto/ids';
import type { BanInfo } from '@parley/proto/rest';
import { identitySchema, isGuest, type Identity } from '@parley/proto/room';
import type { Ban } from '../store/live-room-store.ts';
import { deleteInParts } from './delete-in-parts.ts';

/** A guest may take another identity at any time, so the ban holds for the network too, which others may have next. */
const GUEST_BAN_MS = 24 * 60 * 60 * 1000;
/** For each room. */
const BANS_MAX = 500;

/** The person to be banned. */
export type Banned = {
  readonly identity: Identity;
  readonly addressHash: string;
  readonly displayName: string;
  /** The name of the person who bans. */
  readonly bannedBy: string;
};

type Row = {
  ban_id: string;
  identity: string;
  address_hash: string | null;
  display_name: string;
  banned_by: string;
  banned_at: Date;
  ends_at: Date | null;
};

const COLUMNS = 'ban_id, identity, address_hash, display_name, banned_by, banned_at, ends_at';
const IN_FORCE = '(ends_at IS NULL OR ends_at > $2)';

/** The table `rooms.bans`. A change of it is a change of its room, which gets the next revision. */
export class BanRepository {
  readonly #pool: DatabasePool;
  readonly #now: () => number;

  constructor(pool: DatabasePool, now: () => number = Date.now) {
    this.#pool = pool;
    this.#now = now;
  }

  /** Bans that are in force, for the door. */
  async listForDoor(code: RoomCode): Promise<Ban[]> {
    return (await this.#list(code)).map((row) => ({
      identity: identitySchema.parse(row.identity),
      addressHash: row.address_hash,
      endsAt: row.ends_at?.getTime() ?? null,
    }));
  }

  /** Bans that are in force, the newest first. */
  async list(code: RoomCode): Promise<BanInfo[]> {
    return (await this.#list(code)).map((row) => ({
      banId: row.ban_id,
      displayName: row.display_name,
      bannedBy: row.banned_by,
      bannedAt: row.banned_at.getTime(),
      endsAt: row.ends_at?.getTime() ?? null,
      isGuest: isGuest(identitySchema.parse(row.identity)),
    }));
  }

  /** Renews the ban of somebody who is banned already. Rejects with `too_many` for a room with 500 bans. */
  async add(code: RoomCode, { identity, addressHash, displayName, bannedBy }: Banned): Promise<void> {
    const now = this.#now();
    const guest = isGuest(identity);
    const endsAt = guest ? new Date(now + GUEST_BAN_MS) : null;
    const network = guest && addressHash !== '' ? addressHash : null;
    await this.#pool.transaction(async (connection) => {
      await touch(connection, code);
      const { rows } = await connection.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM rooms.bans WHERE room_code = $1 AND ${IN_FORCE} AND identity <> $3`,
        [code, new Date(now), identity],
      );
      if ((rows[0]?.count ?? 0) >= BANS_MAX) throw new ParleyError('too_many');
      await connection.query(
        `INSERT INTO rooms.bans (ban_id, room_code, identity, address_hash, display_name, banned_by, banned_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (room_code, identity) DO UPDATE SET
           address_hash = excluded.address_hash, display_name = excluded.display_name,
           banned_by = excluded.banned_by, banned_at = excluded.banned_at, ends_at = excluded.ends_at`,
        [randomUUID(), code, identity, network, displayName, bannedBy, new Date(now), endsAt],
      );
    });
  }

  /** Rejects with `not_found` if the room has no such ban. */
  async remove(code: RoomCode, banId: string): Promise<void> {
    await this.#pool.transaction(async (connection) => {
      await touch(connection, code);
      const { rowCount } = await connection.query(
        'DELETE FROM rooms.bans WHERE room_code = $1 AND ban_id = $2',
        [code, banId],
      );
      if (rowCount !== 1) throw new ParleyError('not_found', 'There is no such ban.');
    });
  }

  /** Deletes bans that ended before. Resolves with their number. */
  deleteEndedBefore(time: number): Promise<number> {
    return deleteInParts(async (limit) => {
      const { rowCount } = await this.#pool.query(
        `DELETE FROM rooms.bans WHERE ban_id IN
           (SELECT ban_id FROM rooms.bans WHERE ends_at < $1 ORDER BY ends_at LIMIT $2)`,
        [new Date(time), limit],
      );
      return rowCount;
    });
  }

  async #list(code: RoomCode): Promise<Row[]> {
    const { rows } = await this.#pool.query<Row>(
      `SELECT ${COLUMNS} FROM rooms.bans WHERE room_code = $1 AND ${IN_FORCE} ORDER BY banned_at DESC, ban_id LIMIT ${BANS_MAX}`,
      [code, new Date(this.#now())],
    );
    return rows;
  }
}

/** Locks the room, so that bans of one room are counted one after the other. Rejects with `room_not_found`. */
async function touch(connection: Queryable, code: RoomCode): Promise<void> {
  const { rowCount } = await connection.query(
    'UPDATE rooms.rooms SET revision = revision + 1 WHERE code = $1',
    [code],
  );
  if (rowCount !== 1) throw new ParleyError('room_not_found');
}
