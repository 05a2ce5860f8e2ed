import { randomUUID } from 'node:crypto';
import type { Queryable } from '@parley/common/postgres';
import {
  ParleyError,
  type ChatMessage,
  type FileId,
  type MessageId,
  type MessageReaction,
  type PeerId,
  type RoomCode,
} from '@parley/proto';
import { messageOf, selectRows, type ChatRow } from './chat-rows.ts';

export type ChatDraft = Pick<
  ChatMessage,
  'clientMessageId' | 'fromPeerId' | 'fromName' | 'toPeerId' | 'toName' | 'text'
> & { replyTo?: MessageId | undefined; fileId?: FileId | undefined };

/** What becomes of a message. `text` is an edit; a deleted message keeps nothing. */
export type ChatChange =
  | { text: string }
  | { deletedBy: 'sender' | 'host' }
  | { reactions: readonly MessageReaction[] };

/** Pure: it runs again if somebody else changed the message meanwhile. Undefined if nothing is to change. */
export type DecideChange = (message: ChatMessage) => ChatChange | undefined;

/** `isNew` is false if an earlier request stored the message already. */
export type StoredChat = { message: ChatMessage; isNew: boolean };

export type ChatPage = { messages: ChatMessage[]; more: boolean };

/** `since`: older messages are left out, in milliseconds since the epoch. */
type ChatRange = { since: number; before?: MessageId | undefined; limit: number };

const READABLE = '(m.to_peer_id IS NULL OR m.to_peer_id = $2 OR m.from_peer_id = $2)';
const MESSAGES = selectRows('rooms.chat_messages');
/** Everybody in a room may react to one message in the same moment. */
const CHANGE_ATTEMPTS = 50;
const SINCE_MAX = 500;
const DELETED_AT_ONCE = 5_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `since`: an older message is as good as none, in milliseconds since the epoch. */
type MessageRef = { messageId: MessageId; since: number };

/** The table `rooms.chat_messages`. Only sender and addressee may read a private message. */
export class ChatRepository {
  readonly #pool: Queryable;

  constructor(pool: Queryable) {
    this.#pool = pool;
  }

  /** Idempotent by room, sender and `clientMessageId`: a repetition resolves with the message that is stored. */
  async insert(code: RoomCode, draft: ChatDraft): Promise<StoredChat> {
    assertStorable(draft.text);
    const { fromPeerId, fromName, toPeerId, toName, clientMessageId, text, replyTo, fileId } = draft;
    const { rows } = await this.#pool.query<ChatRow>(
      // One statement, so that a file belongs to a message as soon as the message is there.
      `WITH taken AS (
         UPDATE rooms.chat_files SET message_id = $1
         WHERE file_id = $10 AND room_code = $2 AND peer_id = $4
           AND stored_at IS NOT NULL AND message_id IS NULL AND dead_at IS NULL
         RETURNING file_id
       ), sent AS (
         INSERT INTO rooms.chat_messages
           (message_id, room_code, client_message_id, from_peer_id, from_name, to_peer_id, to_name, body, reply_to, file_id)
         SELECT $1::uuid, $2, $3::uuid, $4, $5, $6, $7, $8, $9::uuid, $10::uuid
         WHERE $10::uuid IS NULL OR EXISTS (SELECT FROM taken)
         ON CONFLICT (room_code, from_peer_id, client_message_id) DO NOTHING
         RETURNING *
       ) ${selectRows('sent')}`,
      [
        randomUUID(),
        code,
        clientMessageId,
        fromPeerId,
        fromName,
        toPeerId,
        toName,
        text,
        replyTo ?? null,
        fileId ?? null,
      ],
    );
    if (rows[0] !== undefined) return { message: messageOf(rows[0]), isNew: true };
    const message = await this.findSent(code, fromPeerId, clientMessageId);
    if (message !== undefined) return { message, isNew: false };
    throw new ParleyError('conflict', 'The file is not there, or was sent already.');
  }

  async findSent(code: RoomCode, from: PeerId, clientMessageId: string): Promise<ChatMessage | undefined> {
    const { rows } = await this.#pool.query<ChatRow>(
      `${MESSAGES} WHERE m.room_code = $1 AND m.from_peer_id = $2 AND m.client_message_id = $3`,
      [code, from, clientMessageId],
    );
    return rows[0] && messageOf(rows[0]);
  }

  /** The newest 500 messages since then, oldest first, private ones of all peers included. `since` in ms since the epoch. */
  async listSince(code: RoomCode, since: number): Promise<ChatMessage[]> {
    const start = Math.max(since, (await this.clearedAt(code)) ?? 0);
    const { rows } = await this.#pool.query<ChatRow>(
      `${MESSAGES} WHERE m.room_code = $1 AND m.sent_at >= $2 ORDER BY m.seq DESC LIMIT ${SINCE_MAX}`,
      [code, new Date(start)],
    );
    return rows.map(messageOf).toReversed();
  }

  /**
   * The newest messages of the range that the peer may read, oldest first. Rejects with `not_found` if the peer may not
   * read `before`.
   */
  async list(code: RoomCode, reader: PeerId, range: ChatRange): Promise<ChatPage> {
    const since = Math.max(range.since, (await this.clearedAt(code)) ?? 0);
    const before = range.before === undefined ? null : await this.#position(code, reader, range.before);
    const { rows } = await this.#pool.query<ChatRow>(
      `${MESSAGES} WHERE m.room_code = $1 AND ${READABLE} AND ($3::bigint IS NULL OR m.seq < $3::bigint)
       ORDER BY m.seq DESC LIMIT $4`,
      [code, reader, before, range.limit + 1],
    );
    const found = rows.map(messageOf).filter(({ sentAt }) => sentAt >= since);
    return { messages: found.slice(0, range.limit).toReversed(), more: found.length > range.limit };
  }

  /** A message that the peer may read. Rejects with `not_found`. */
  async find(code: RoomCode, reader: PeerId, { messageId, since }: MessageRef): Promise<ChatMessage> {
    const missing = new ParleyError('not_found', 'There is no such message.');
    if (!UUID.test(messageId)) throw missing;
    const { rows } = await this.#pool.query<ChatRow>(
      `${MESSAGES} WHERE m.room_code = $1 AND ${READABLE} AND m.message_id = $3`,
      [code, reader, messageId],
    );
    const message = rows[0] && messageOf(rows[0]);
    if (message === undefined || message.sentAt < since) throw missing;
    return message;
  }

  /**
   * Changes a message that the peer may read. Resolves with the message as it is afterwards, and whether it changed. Rejects with
   * `not_found`, and with what `decide` throws.
   */
  async change(
    code: RoomCode,
    reader: PeerId,
    ref: MessageRef,
    decide: DecideChange,
  ): Promise<{ message: ChatMessage; changed: boolean }> {
    for (let attempt = 0; attempt < CHANGE_ATTEMPTS; attempt += 1) {
      const message = await this.find(code, reader, ref);
      const change = decide(message);
      if (change === undefined) return { message, changed: false };
      if ('text' in change) assertStorable(change.text);
      const { rows } = await this.#pool.query<ChatRow>(
        `WITH changed AS (
           UPDATE rooms.chat_messages SET ${assignments(change)}, version = version + 1, changed_at = now()
           WHERE message_id = $1 AND version = $2 RETURNING *
         ) ${selectRows('changed')}`,
        [ref.messageId, message.version ?? 1, ...values(change)],
      );
      if (rows[0] !== undefined) return { message: messageOf(rows[0]), changed: true };
    }
    throw new ParleyError('room_busy');
  }

  /** Messages that the peer may read and that changed since then (milliseconds since the epoch), in the order of the changes. */
  async listChanges(
    code: RoomCode,
    reader: PeerId,
    range: { since: number; changedSince: number; limit: number },
  ): Promise<ChatPage> {
    const { rows } = await this.#pool.query<ChatRow>(
      `${MESSAGES} WHERE m.room_code = $1 AND ${READABLE} AND m.changed_at >= $3 AND m.sent_at >= $4
       ORDER BY m.changed_at, m.seq LIMIT $5`,
      [code, reader, new Date(range.changedSince), new Date(range.since), range.limit + 1],
    );
    return { messages: rows.slice(0, range.limit).map(messageOf), more: rows.length > range.limit };
  }

  /** The newest 500 changes since then, oldest first, private messages of all peers included. `since` in ms since the epoch. */
  async listAllChanges(code: RoomCode, since: number): Promise<ChatMessage[]> {
    const { rows } = await this.#pool.query<ChatRow>(
      `${MESSAGES} WHERE m.room_code = $1 AND m.changed_at >= $2 ORDER BY m.changed_at DESC LIMIT ${SINCE_MAX}`,
      [code, new Date(since)],
    );
    return rows.map(messageOf).toReversed();
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
      `SELECT m.seq FROM rooms.chat_messages m WHERE m.room_code = $1 AND ${READABLE} AND m.message_id = $3`,
      [code, reader, messageId],
    );
    if (rows[0] === undefined) throw new ParleyError('not_found', 'There is no such message.');
    return rows[0].seq;
  }
}

/** The type text of PostgreSQL cannot hold a null character. */
function assertStorable(text: string): void {
  if (text.includes('\0')) throw new ParleyError('invalid_request', 'The text holds a null character.');
}

/** The columns of a change, with its values from $3 on. */
function assignments(change: ChatChange): string {
  if ('text' in change) return 'body = $3, edited_at = now()';
  if ('reactions' in change) return 'reactions = $3';
  return "deleted_by = $3, deleted_at = now(), body = '', reactions = '[]', file_id = NULL";
}

function values(change: ChatChange): unknown[] {
  if ('text' in change) return [change.text];
  return 'reactions' in change ? [JSON.stringify(change.reactions)] : [change.deletedBy];
}
