import { randomUUID } from 'node:crypto';
import type { Queryable } from '@parley/common/postgres';
import {
  messageIdSchema,
  ParleyError,
  type ChatMessage,
  type MessageId,
  type PeerId,
  type RoomCode,
} from '@parley/proto';

export type ChatDraft = Omit<ChatMessage, 'messageId' | 'sentAt'>;

/** `isNew` is false if an earlier request stored the message already. */
export type StoredChat = { message: ChatMessage; isNew: boolean };

export type ChatPage = { messages: ChatMessage[]; more: boolean };

/** `since`: older messages are left out, in milliseconds since the epoch. */
type ChatRange = { since: number; before?: MessageId | undefined; limit: number };

type Row = {
  message_id: string;
  client_message_id: string;
  from_peer_id: PeerId;
  from_name: string;
  to_peer_id: PeerId | null;
  to_name: string | null;
  body: string;
  sent_at: Date;
};

const COLUMNS = 'message_id, client_message_id, from_peer_id, from_name, to_peer_id, to_name, body, sent_at';
const READABLE = '(to_peer_id IS NULL OR to_peer_id = $2 OR from_peer_id = $2)';
const SINCE_MAX = 500;
const DELETED_AT_ONCE = 5_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The table `rooms.chat_messages`. Only sender and addressee may read a private message. */
export class ChatRepository {
  readonly #pool: Queryable;

  constructor(pool: Queryable) {
    this.#pool = pool;
  }

  /** Idempotent by room, sender and `clientMessageId`: a repetition resolves with the message that is stored. */
  async insert(code: RoomCode, draft: ChatDraft): Promise<StoredChat> {
    // The type text of PostgreSQL cannot hold a null character.
    if (draft.text.includes('\0'))
      throw new ParleyError('invalid_request', 'The text holds a null character.');
    const { fromPeerId, fromName, toPeerId, toName, clientMessageId, text } = draft;
    const { rows } = await this.#pool.query<Row>(
      `INSERT INTO rooms.chat_messages
         (message_id, room_code, client_message_id, from_peer_id, from_name, to_peer_id, to_name, body)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (room_code, from_peer_id, client_message_id) DO NOTHING
       RETURNING ${COLUMNS}`,
      [randomUUID(), code, clientMessageId, fromPeerId, fromName, toPeerId, toName, text],
    );
    if (rows[0] !== undefined) return { message: fromRow(rows[0]), isNew: true };
    const message = await this.findSent(code, fromPeerId, clientMessageId);
    if (message === undefined) throw new ParleyError('conflict');
    return { message, isNew: false };
  }

  async findSent(code: RoomCode, from: PeerId, clientMessageId: string): Promise<ChatMessage | undefined> {
    const { rows } = await this.#pool.query<Row>(
      `SELECT ${COLUMNS} FROM rooms.chat_messages
       WHERE room_code = $1 AND from_peer_id = $2 AND client_message_id = $3`,
      [code, from, clientMessageId],
    );
    return rows[0] && fromRow(rows[0]);
  }

  /** The newest 500 messages since then, oldest first, private ones of all peers included. `since` in ms since the epoch. */
  async listSince(code: RoomCode, since: number): Promise<ChatMessage[]> {
    const start = Math.max(since, (await this.clearedAt(code)) ?? 0);
    const { rows } = await this.#pool.query<Row>(
      `SELECT ${COLUMNS} FROM rooms.chat_messages
       WHERE room_code = $1 AND sent_at >= $2 ORDER BY seq DESC LIMIT ${SINCE_MAX}`,
      [code, new Date(start)],
    );
    return rows.map(fromRow).toReversed();
  }

  /**
   * The newest messages of the range that the peer may read, oldest first. Rejects with `not_found` if the peer may not
   * read `before`.
   */
  async list(code: RoomCode, reader: PeerId, range: ChatRange): Promise<ChatPage> {
    const since = Math.max(range.since, (await this.clearedAt(code)) ?? 0);
    const before = range.before === undefined ? null : await this.#position(code, reader, range.before);
    const { rows } = await this.#pool.query<Row>(
      `SELECT ${COLUMNS} FROM rooms.chat_messages
       WHERE room_code = $1 AND ${READABLE} AND ($3::bigint IS NULL OR seq < $3::bigint)
       ORDER BY seq DESC LIMIT $4`,
      [code, reader, before, range.limit + 1],
    );
    const found = rows.map(fromRow).filter(({ sentAt }) => sentAt >= since);
    return { messages: found.slice(0, range.limit).toReversed(), more: found.length > range.limit };
  }

  /** When the chat of the room was cleared the last time, in milliseconds since the epoch. */
  async clearedAt(code: RoomCode): Promise<number | null> {
    const { rows } = await this.#pool.query<{ chat_cleared_at: Date | null }>(
      'SELECT chat_cleared_at FROM rooms.rooms WHERE code = $1',
      [code],
    );
    return rows[0]?.chat_cleared_at?.getTime() ?? null;
  }

  /**
   * Deletes every message of the room, private ones included. Resolves with the time before which nothing is left, in
   * milliseconds since the epoch. A message that is being stored meanwhile with an earlier time is not listed either.
   */
  async clear(code: RoomCode): Promise<number> {
    // One statement, so that both happen or neither. The next whole millisecond, because times on the wire have no parts
    // of one.
    const { rows } = await this.#pool.query<{ chat_cleared_at: Date }>(
      `WITH cleared AS (
         UPDATE rooms.rooms SET chat_cleared_at = date_trunc('milliseconds', now()) + interval '1 millisecond'
         WHERE code = $1 RETURNING chat_cleared_at
       ), deleted AS (
         DELETE FROM rooms.chat_messages USING cleared WHERE room_code = $1 AND sent_at < cleared.chat_cleared_at
       )
       SELECT chat_cleared_at FROM cleared`,
      [code],
    );
    const clearedAt = rows[0]?.chat_cleared_at;
    if (clearedAt === undefined) throw new ParleyError('room_not_found');
    return clearedAt.getTime();
  }

  /** Deletes the messages of all rooms that are older, in parts. Resolves with their number. */
  async deleteBefore(time: number): Promise<number> {
    let deleted = 0;
    for (let count = DELETED_AT_ONCE; count === DELETED_AT_ONCE; deleted += count) {
      const result = await this.#pool.query(
        `DELETE FROM rooms.chat_messages WHERE seq IN
           (SELECT seq FROM rooms.chat_messages WHERE sent_at < $1 ORDER BY sent_at LIMIT ${DELETED_AT_ONCE})`,
        [new Date(time)],
      );
      count = result.rowCount ?? 0;
    }
    return deleted;
  }

  async #position(code: RoomCode, reader: PeerId, messageId: MessageId): Promise<string> {
    if (!UUID.test(messageId)) throw new ParleyError('not_found', 'There is no such message.');
    const { rows } = await this.#pool.query<{ seq: string }>(
      `SELECT seq FROM rooms.chat_messages WHERE room_code = $1 AND ${READABLE} AND message_id = $3`,
      [code, reader, messageId],
    );
    if (rows[0] === undefined) throw new ParleyError('not_found', 'There is no such message.');
    return rows[0].seq;
  }
}

function fromRow(row: Row): ChatMessage {
  return {
    messageId: messageIdSchema.parse(row.message_id),
    clientMessageId: row.client_message_id,
    fromPeerId: row.from_peer_id,
    fromName: row.from_name,
    toPeerId: row.to_peer_id,
    toName: row.to_name,
    text: row.body,
    sentAt: row.sent_at.getTime(),
  };
}
