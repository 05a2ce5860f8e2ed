import { isUniqueViolation, type Queryable } from '@parley/common/postgres';
import {
  DEFAULT_ROOM_SETTINGS,
  identitySchema,
  ParleyError,
  roomSettingsSchema,
  type Identity,
  type RoomCode,
  type RoomSettings,
} from '@parley/proto';

/** A row of `rooms.rooms`. Times are milliseconds since the epoch. */
export type RoomRow = {
  code: RoomCode;
  title: string;
  createdAt: number;
  /** null: the room was made before there were owners. */
  owner: Identity | null;
  settings: RoomSettings;
  passcodeHash: string | null;
  /** Grows with each change of the row. */
  revision: number;
};

export type NewRoom = Pick<RoomRow, 'code' | 'title' | 'owner' | 'passcodeHash'> & {
  settings: Partial<RoomSettings>;
};

type Row = {
  code: RoomCode;
  title: string;
  created_at: Date;
  owner_identity: string | null;
  settings: unknown;
  passcode_hash: string | null;
  revision: number;
};

const COLUMNS = 'code, title, created_at, owner_identity, settings, passcode_hash, revision';
const storedSettings = roomSettingsSchema.omit({ hasPasscode: true }).partial();

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
  async insert({ code, title, owner, settings, passcodeHash }: NewRoom): Promise<RoomRow> {
    try {
      const { rows } = await this.#pool.query<Row>(
        `INSERT INTO rooms.rooms (code, title, owner_identity, settings, passcode_hash)
         VALUES ($1, $2, $3, $4, $5) RETURNING ${COLUMNS}`,
        [code, title, owner, JSON.stringify(settings), passcodeHash],
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
