import { isUniqueViolation, type Queryable } from '@parley/common/postgres';
import { ParleyError, type RoomCode } from '@parley/proto';

/** A row of `rooms.rooms`. `createdAt` in milliseconds since the epoch. */
export type RoomRow = { code: RoomCode; title: string; createdAt: number };

type Row = { code: RoomCode; title: string; created_at: Date };

/** The table `rooms.rooms`. */
export class RoomRepository {
  readonly #pool: Queryable;

  constructor(pool: Queryable) {
    this.#pool = pool;
  }

  /** Rejects with `conflict` if the code is taken. */
  async insert(code: RoomCode, title: string): Promise<RoomRow> {
    try {
      const { rows } = await this.#pool.query<Row>(
        'INSERT INTO rooms.rooms (code, title) VALUES ($1, $2) RETURNING code, title, created_at',
        [code, title],
      );
      return fromRow(only(rows));
    } catch (error) {
      throw isUniqueViolation(error) ? new ParleyError('conflict', 'That room code is taken.') : error;
    }
  }

  async find(code: RoomCode): Promise<RoomRow | undefined> {
    const { rows } = await this.#pool.query<Row>(
      'SELECT code, title, created_at FROM rooms.rooms WHERE code = $1',
      [code],
    );
    return rows[0] && fromRow(rows[0]);
  }
}

function fromRow(row: Row): RoomRow {
  return { code: row.code, title: row.title, createdAt: row.created_at.getTime() };
}

function only<T>(rows: T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('The database returned no row.');
  return row;
}
