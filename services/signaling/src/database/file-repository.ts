import { randomUUID } from 'node:crypto';
import type { DatabasePool } from '@parley/common/postgres';
import { ParleyError } from '@parley/proto/errors';
import { fileIdSchema, type FileId, type PeerId, type RoomCode } from '@parley/proto/ids';
import type { ChatFile } from '@parley/proto/room';
import type { FileLimits } from '../limits/settings.ts';
import { FileTotal } from './file-total.ts';

type FileOffer = { code: RoomCode; peerId: PeerId; name: string; size: number };

/** A file that no message has taken in this time is dead. */
const UNSENT_LIFETIME_S = 30 * 60;
/** So is an offer without an upload, because its pass has ended. */
const UNUSED_LIFETIME_S = 11 * 60;
const DEAD_AT_ONCE = 100;

/** Also of a message that the clearing of its chat has missed, because it was being stored in that moment. */
const IS_DEAD = `NOT EXISTS (SELECT FROM rooms.chat_messages m JOIN rooms.rooms r ON r.code = m.room_code
    WHERE m.file_id = f.file_id AND m.sent_at >= coalesce(r.chat_cleared_at, '-infinity'))
  AND (message_id IS NOT NULL
    OR offered_at < now() - CASE WHEN begun_at IS NULL THEN $2::int ELSE $1::int END * interval '1 second')`;

type FileRow = { file_id: string; name: string; size: number; media_type: string };

/** The table `rooms.chat_files`: what the files of the chat are, and to whom they belong. */
export class FileRepository {
  readonly #pool: DatabasePool;
  readonly #total: FileTotal;

  constructor(pool: DatabasePool) {
    this.#pool = pool;
    this.#total = new FileTotal(pool);
  }

  /** Rejects with `files_full`. Offers count like files, so that nobody offers more than there is place for. */
  async offer({ code, peerId, name, size }: FileOffer, limits: FileLimits): Promise<FileId> {
    if ((await this.#total.bytes()) + size > limits.allBytes) throw new ParleyError('files_full');
    const offered = await this.#pool.transaction(async (connection) => {
      // One after the other in each room, or two offers would both take the last place.
      await connection.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`parley:files:${code}`]);
      const { rows } = await connection.query<Use>(
        `SELECT count(*)::int AS room_files, coalesce(sum(size), 0)::float8 AS room_bytes,
           (count(*) FILTER (WHERE peer_id = $2))::int AS peer_files,
           coalesce(sum(size) FILTER (WHERE peer_id = $2), 0)::float8 AS peer_bytes
         FROM rooms.chat_files WHERE room_code = $1`,
        [code, peerId],
      );
      if (!fits(rows[0], size, limits)) throw new ParleyError('files_full');
      const fileId = fileIdSchema.parse(randomUUID());
      await connection.query(
        'INSERT INTO rooms.chat_files (file_id, room_code, peer_id, name, size) VALUES ($1, $2, $3, $4, $5)',
        [fileId, code, peerId, name, size],
      );
      return fileId;
    });
    this.#total.add(size);
    return offered;
  }

  /** Resolves with the size of the file for the first caller. Rejects with `token_invalid` for every other one. */
  async begin(fileId: FileId): Promise<number> {
    const { rows } = await this.#pool.query<{ size: number }>(
      `UPDATE rooms.chat_files SET begun_at = now()
       WHERE file_id = $1 AND begun_at IS NULL AND dead_at IS NULL RETURNING size`,
      [fileId],
    );
    if (rows[0] === undefined) throw new ParleyError('token_invalid', 'The pass was used.');
    return rows[0].size;
  }

  /** Harmless if repeated. Rejects with `not_found` if the file is dead. */
  async finish(fileId: FileId, mediaType: string): Promise<void> {
    const { rowCount } = await this.#pool.query(
      `UPDATE rooms.chat_files SET stored_at = coalesce(stored_at, now()), media_type = $2
       WHERE file_id = $1 AND begun_at IS NOT NULL AND dead_at IS NULL`,
      [fileId, mediaType],
    );
    if (rowCount !== 1) throw new ParleyError('not_found');
  }

  /** A file that a message has. Rejects with `not_found`. */
  async findSent(fileId: FileId): Promise<ChatFile> {
    const { rows } = await this.#pool.query<FileRow>(
      `SELECT file_id, name, size, media_type FROM rooms.chat_files f
       WHERE file_id = $1 AND dead_at IS NULL AND EXISTS (SELECT FROM rooms.chat_messages m
         JOIN rooms.rooms r ON r.code = m.room_code
         WHERE m.file_id = f.file_id AND m.sent_at >= coalesce(r.chat_cleared_at, '-infinity'))`,
      [fileId],
    );
    const [row] = rows;
    if (row === undefined) throw new ParleyError('not_found');
    return { fileId: fileIdSchema.parse(row.file_id), name: row.name, size: row.size, type: row.media_type };
  }

  /**
   * At most 100 files of which the bytes are to be deleted: their message is gone, or they were never sent. No message takes them any
   * more. Those that were listed before come last, so that files that nobody can delete keep out no others.
   */
  async listDead(): Promise<FileId[]> {
    return this.#end(`ORDER BY dead_at NULLS FIRST, offered_at LIMIT ${DEAD_AT_ONCE}`);
  }

  /** Ends every file whose message is gone. Resolves with how many lived until now; `listDead` lists them. */
  async endDead(): Promise<number> {
    let ended = 0;
    for (let count = DEAD_AT_ONCE; count === DEAD_AT_ONCE; ended += count)
      count = (await this.#end(`AND dead_at IS NULL ORDER BY offered_at LIMIT ${DEAD_AT_ONCE}`)).length;
    return ended;
  }

  /** `which`: a part of the query that chooses among the files. */
  async #end(which: string): Promise<FileId[]> {
    return this.#pool.transaction(async (connection) => {
      const candidates = await connection.query<{ file_id: string }>(
        `SELECT file_id FROM rooms.chat_files f WHERE ${IS_DEAD} ${which} FOR UPDATE SKIP LOCKED`,
        [UNSENT_LIFETIME_S, UNUSED_LIFETIME_S],
      );
      // Looked at again under the lock, by a statement that sees what was stored until then: a message may have taken the file between the
      // look and the lock.
      const { rows } = await connection.query<{ file_id: string }>(
        `UPDATE rooms.chat_files f SET dead_at = now()
         WHERE file_id = ANY($3::uuid[]) AND ${IS_DEAD} RETURNING file_id`,
        [UNSENT_LIFETIME_S, UNUSED_LIFETIME_S, candidates.rows.map((row) => row.file_id)],
      );
      const ended = new Set(rows.map((row) => row.file_id));
      return candidates.rows
        .filter((row) => ended.has(row.file_id))
        .map((row) => fileIdSchema.parse(row.file_id));
    });
  }

  /** Their bytes are deleted: of dead files, and of those that did not arrive whole. All others stay. */
  async forget(fileIds: readonly FileId[]): Promise<void> {
    await this.#pool.query(
      `DELETE FROM rooms.chat_files WHERE file_id = ANY($1::uuid[])
         AND (dead_at IS NOT NULL OR (begun_at IS NOT NULL AND stored_at IS NULL))`,
      [fileIds],
    );
  }
}

type Use = { room_files: number; room_bytes: number; peer_files: number; peer_bytes: number };

function fits(use: Use | undefined, size: number, limits: FileLimits): boolean {
  if (use === undefined) return false;
  return (
    use.room_files < limits.roomFiles &&
    use.peer_files < limits.peerFiles &&
    use.room_bytes + size <= limits.roomBytes &&
    use.peer_bytes + size <= limits.peerBytes
  );
}
