import type { z } from 'zod';
import { isUniqueViolation, type Queryable } from '@parley/common/postgres';
import { ParleyError } from '@parley/proto/errors';
import type { RoomCode } from '@parley/proto/ids';
import {
  DEFAULT_ROOM_SETTINGS,
  identitySchema,
  roomSettingsSchema,
  type Identity,
  type RoomSettings,
} from '@parley/proto/room';

import { deleteInParts } from './delete-in-parts.ts';

/** A row of `rooms.rooms`. Times are milliseconds since the epoch. */
export type RoomRow = {
  code: RoomCode;
  title: string;
  createdAt: number;
  /** null: the room was made before there were owners. */
  owner: Identity | null;
  /** Without `namesBeforeJoin`. */
  settings: RoomSettings;
  namesBeforeJoin: boolean;
  passcodeHash: string | null;
  /** Grows with each change of the row. */
  revision: number;
};

export type NewRoom = Pick<RoomRow, 'code' | 'title' | 'owner' | 'passcodeHash'> & {
  settings: StoredSettings;
  /** A keyed hash of the network that the room is made from; null if it is not known. */
  createdFrom: string | null;
};

/** What is absent stays as it is. */
export type RoomUpdate = {
  title?: string | undefined;
  settings?: StoredSettings | undefined;
  /** null: none from now on. */
  passcodeHash?: string | null | undefined;
};

export type RoomPage = { rooms: RoomRow[]; next: string | null };

type Row = {
  code: RoomCode;
  title: string;
  created_at: Date;
  owner_identity: string | null;
  settings: unknown;
  names_before_join: boolean;
  passcode_hash: string | null;
  revision: number;
};

/** Of the time at which a room was made: it is finer than milliseconds. */
const MICROS = '(extract(epoch FROM created_at) * 1000000)::bigint';
const COLUMNS =
  'code, title, created_at, owner_identity, settings, names_before_join, passcode_hash, revision';
const givenSettings = roomSettingsSchema.omit({ hasPasscode: true }).partial();
const storedSettings = givenSettings.omit({ namesBeforeJoin: true });
export type StoredSettings = z.output<typeof givenSettings>;
/** Where a page of rooms ends: time and code of its last room. */
const CURSOR = /^(\d{1,17})\.([a-z0-9-]{1,32})$/;

/** The table `rooms.rooms`. */
export class RoomRepository {
  readonly #pool: Queryable;
  readonly #defaults: RoomSettings;

  /** `history`: what somebody who comes later reads in rooms for which nobody has chosen it. */
  constructor(pool: Queryable, history: 'call' | 'room' = 'call') {
    this.#pool = pool;
    const historyForLatecomers = history === 'room' ? 'everything' : 'call';
    this.#defaults = { ...DEFAULT_ROOM_SETTINGS, historyForLatecomers };
  }

  /** Rejects with `conflict` if the code is taken. */
  async insert({ code, title, owner, settings, passcodeHash, createdFrom }: NewRoom): Promise<RoomRow> {
    const { namesBeforeJoin = false, ...others } = settings;
    try {
      const { rows } = await this.#pool.query<Row>(
        `INSERT INTO rooms.rooms
           (code, title, owner_identity, settings, names_before_join, passcode_hash, created_from)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${COLUMNS}`,
        [code, title, owner, JSON.stringify(others), namesBeforeJoin, passcodeHash, createdFrom],
      );
      return this.#fromRow(only(rows));
    } catch (error) {
      throw isUniqueViolation(error) ? new ParleyError('conflict', 'That room code is taken.') : error;
    }
  }

  async find(code: RoomCode): Promise<RoomRow | undefined> {
    const { rows } = await this.#pool.query<Row>(`SELECT ${COLUMNS} FROM rooms.rooms WHERE code = $1`, [
      code,
    ]);
    return rows[0] && this.#fromRow(rows[0]);
  }

  /** Resolves with undefined if there is no such room. */
  async update(
    code: RoomCode,
    { title, settings = {}, passcodeHash }: RoomUpdate,
  ): Promise<RoomRow | undefined> {
    const { namesBeforeJoin = null, ...others } = settings;
    const { rows } = await this.#pool.query<Row>(
      `UPDATE rooms.rooms SET
         title = COALESCE($2, title),
         settings = settings || $3::jsonb,
         passcode_hash = CASE WHEN $4 THEN $5 ELSE passcode_hash END,
         names_before_join = COALESCE($6, names_before_join),
         last_used_at = now(),
         revision = revision + 1
       WHERE code = $1 RETURNING ${COLUMNS}`,
      [
        code,
        title ?? null,
        JSON.stringify(others),
        passcodeHash !== undefined,
        passcodeHash ?? null,
        namesBeforeJoin,
      ],
    );
    return rows[0] && this.#fromRow(rows[0]);
  }

  /** Resolves with false if there is no such room. What belongs to the room goes with it. */
  async remove(code: RoomCode): Promise<boolean> {
    const { rowCount } = await this.#pool.query('DELETE FROM rooms.rooms WHERE code = $1', [code]);
    return rowCount === 1;
  }

  /**
   * Deletes rooms in which nobody was since then, and which open no later. Somebody who is in a call is known by the attendance,
   * which is renewed. Resolves with their number.
   */
  deleteUnusedSince(time: number): Promise<number> {
    return deleteInParts(async (limit) => {
      const { rowCount } = await this.#pool.query(
        `DELETE FROM rooms.rooms WHERE code IN (
           SELECT code FROM rooms.rooms WHERE last_used_at < $1
             AND COALESCE((settings->>'opensAt')::bigint, 0) < $2
             AND NOT EXISTS (
               SELECT FROM rooms.call_sessions WHERE room_code = code AND (left_at IS NULL OR last_seen_at >= $1)
             )
           ORDER BY last_used_at LIMIT $3)`,
        [new Date(time), time, limit],
      );
      return rowCount;
    });
  }

  /** The rooms of an owner, the newest first. Rejects with `invalid_request` for a `before` that no page has named. */
  async list(owner: Identity, before: string | null, limit: number): Promise<RoomPage> {
    const [, time = null, code = null] = before === null ? [] : (CURSOR.exec(before) ?? []);
    if (before !== null && time === null) throw new ParleyError('invalid_request', 'before: is not valid');
    const { rows } = await this.#pool.query<Row & { micros: string }>(
      `SELECT ${COLUMNS}, ${MICROS} AS micros FROM rooms.rooms
       WHERE owner_identity = $1 AND ($2::bigint IS NULL OR (${MICROS}, code) < ($2::bigint, $3))
       ORDER BY created_at DESC, code DESC LIMIT $4`,
      [owner, time, code, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      rooms: page.map((row) => this.#fromRow(row)),
      next: last === undefined ? null : `${last.micros}.${last.code}`,
    };
  }

  /** How many rooms an identity owns, and how many rooms of guests were made from a network. */
  async count(owner: Identity, createdFrom: string): Promise<{ owned: number; fromNetwork: number }> {
    const { rows } = await this.#pool.query<{ owned: number; from_network: number }>(
      `SELECT
         (SELECT count(*)::int FROM rooms.rooms WHERE owner_identity = $1) AS owned,
         (SELECT count(*)::int FROM rooms.rooms WHERE created_from = $2 AND owner_identity LIKE 'browser:%') AS from_network`,
      [owner, createdFrom],
    );
    const { owned, from_network: fromNetwork } = only(rows);
    return { owned, fromNetwork };
  }

  #fromRow(row: Row): RoomRow {
    return {
      code: row.code,
      title: row.title,
      createdAt: row.created_at.getTime(),
      owner: identitySchema.nullable().parse(row.owner_identity),
      settings: {
        ...this.#defaults,
        ...storedSettings.parse(row.settings),
        hasPasscode: row.passcode_hash !== null,
      },
      namesBeforeJoin: row.names_before_join,
      passcodeHash: row.passcode_hash,
      revision: row.revision,
    };
  }
}

function only<T>(rows: T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('The database returned no row.');
  return row;
}
