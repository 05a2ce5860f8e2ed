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
    const { rows } = await this.#pool.query<Row>(
      `SELECT ${COLUMNS} FROM rooms.chat_messages
       WHERE room_code = $1 AND sent_at >= $2 ORDER BY seq DESC LIMIT ${SINCE_MAX}`,
      [code, new Date(since)],
    );
    return rows.map(fromRow).toReversed();
  }

  /** The newest messages older than `before` that the peer may read, oldest first. Rejects with `not_found`. */
  async list(
    code: RoomCode,
    reader: PeerId,
    options: { before?: MessageId | undefined; limit: number },
  ): Promise<ChatPage> {
    const before = options.before === undefined ? null : await this.#position(code, reader, options.before);
    const { rows } = await this.#pool.query<Row>(
      `SELECT ${COLUMNS} FROM rooms.chat_messages
       WHERE room_code = $1 AND ${READABLE} AND ($3::bigint IS NULL OR seq < $3::bigint)
       ORDER BY seq DESC LIMIT $4`,
      [code, reader, before, options.limit + 1],
    );
    const messages = rows.slice(0, options.limit).map(fromRow).toReversed();
    return { messages, more: rows.length > options.limit };
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
