import { randomUUID } from 'node:crypto';
import type { Queryable } from '@parley/common/postgres';
import { ParleyError } from '@parley/proto/errors';
import type { FileId, MessageId, RoomCode } from '@parley/proto/ids';
import type { ChatMessage, Identity, MessageReaction } from '@parley/proto/room';
import {
  isSender,
  knownIdentity,
  type ChatReactors,
  type ChatReader,
  type ChatRecord,
} from './chat-record.ts';
import { KEPT, recordOf, selectRows, type ChatRow } from './chat-rows.ts';

export type ChatDraft = Pick<
  ChatMessage,
  'clientMessageId' | 'fromPeerId' | 'fromName' | 'toPeerId' | 'toName' | 'text'
> & {
  fromIdentity: Identity;
  /** Null for a message to everybody. */
  toIdentity: Identity | null;
  replyTo?: MessageId | undefined;
  fileId?: FileId | undefined;
};

/** What becomes of a message. `text` is an edit; a deleted message keeps nothing. */
export type ChatChange =
  | { text: string }
  | { deletedBy: 'sender' | 'host' }
  | { reactions: readonly MessageReaction[]; reactors: ChatReactors };

/** Pure: it runs again if somebody else changed the message meanwhile. Undefined if nothing is to change. */
export type DecideChange = (record: ChatRecord, isOwn: boolean) => ChatChange | undefined;

/** `isNew` is false if an earlier request stored the message already. */
export type StoredChat = { record: ChatRecord; isNew: boolean };

export type ChatPage = { records: ChatRecord[]; more: boolean };

type ChatRange = { before?: MessageId | undefined; limit: number };

/** $1 is the room, $2 and $3 are the peer and the identity of the reader. */
const READABLE = `m.room_code = $1 AND ${KEPT}
  AND (m.to_peer_id IS NULL OR $2 IN (m.from_peer_id, m.to_peer_id) OR $3::text IN (m.from_identity, m.to_identity))`;
const MESSAGES = selectRows('rooms.chat_messages');
/** Everybody in a room may react to one message in the same moment. */
const CHANGE_ATTEMPTS = 50;
const SINCE_MAX = 500;
const DELETED_AT_ONCE = 5_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The table `rooms.chat_messages`. Only sender and addressee may read a private message. */
export class ChatRepository {
  readonly #pool: Queryable;

  constructor(pool: Queryable) {
    this.#pool = pool;
  }

  /** Idempotent by room, sender (the peer or the person) and `clientMessageId`: a repetition resolves with the message that is stored. */
  async insert(code: RoomCode, draft: ChatDraft): Promise<StoredChat> {
    assertStorable(draft.text);
    const { fromPeerId, fromName, toPeerId, toName, clientMessageId, text, replyTo, fileId } = draft;
    const from = { peerId: fromPeerId, identity: draft.fromIdentity };
    const { rows } = await this.#pool.query<ChatRow>(
      // One statement, so that a file belongs to a message as soon as the message is there.
      `WITH taken AS (
         UPDATE rooms.chat_files SET message_id = $1
         WHERE file_id = $10 AND room_code = $2 AND peer_id = $4
           AND stored_at IS NOT NULL AND message_id IS NULL AND dead_at IS NULL
         RETURNING file_id
       ), sent AS (
         INSERT INTO rooms.chat_messages
           (message_id, room_code, client_message_id, from_peer_id, from_name, to_peer_id, to_name, body, reply_to, file_id,
            from_identity, to_identity)
         SELECT $1::uuid, $2, $3::uuid, $4, $5, $6, $7, $8, $9::uuid, $10::uuid, $11, $12
         WHERE $10::uuid IS NULL OR EXISTS (SELECT FROM taken)
         ON CONFLICT DO NOTHING
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
        knownIdentity(draft.fromIdentity),
        draft.toIdentity && knownIdentity(draft.toIdentity),
      ],
    );
    if (rows[0] !== undefined) return { record: recordOf(rows[0]), isNew: true };
    const record = await this.findSent(code, from, clientMessageId);
    if (record !== undefined) return { record, isNew: false };
    throw new ParleyError('conflict', 'The file is not there, or was sent already.');
  }

  async findSent(
    code: RoomCode,
    { peerId, identity }: Pick<ChatReader, 'peerId' | 'identity'>,
    clientMessageId: string,
  ): Promise<ChatRecord | undefined> {
    const { rows } = await this.#pool.query<ChatRow>(
      `${MESSAGES} WHERE m.room_code = $1 AND m.client_message_id = $4
         AND (m.from_peer_id = $2 OR m.from_identity = $3)`,
      [code, peerId, knownIdentity(identity), clientMessageId],
    );
    return rows[0] && recordOf(rows[0]);
  }

  /** The newest 500 messages since then, oldest first, private ones of all peers included. `since` in ms since the epoch. */
  async listSince(code: RoomCode, since: number): Promise<ChatRecord[]> {
    const { rows } = await this.#pool.query<ChatRow>(
      `${MESSAGES} WHERE m.room_code = $1 AND ${KEPT} AND m.sent_at >= $2 ORDER BY m.seq DESC LIMIT ${SINCE_MAX}`,
      [code, new Date(since)],
    );
    return rows.map(recordOf).toReversed();
  }

  /**
   * The newest messages of the range that the peer may read, oldest first. Rejects with `not_found` if the peer may not
   * read `before`.
   */
  async list(code: RoomCode, reader: ChatReader, range: ChatRange): Promise<ChatPage> {
    const before = range.before === undefined ? null : await this.#position(code, reader, range.before);
    const { rows } = await this.#pool.query<ChatRow>(
      `${MESSAGES} WHERE ${READABLE} AND ($4::bigint IS NULL OR m.seq < $4::bigint)
       ORDER BY m.seq DESC LIMIT $5`,
      [code, ...valuesOf(reader), before, range.limit + 1],
    );
    const found = rows.map(recordOf).filter(({ message }) => message.sentAt >= reader.since);
    return { records: found.slice(0, range.limit).toReversed(), more: found.length > range.limit };
  }

  /** A message that the peer may read. Rejects with `not_found`. */
  async find(code: RoomCode, reader: ChatReader, messageId: MessageId): Promise<ChatRecord> {
    const missing = new ParleyError('not_found', 'There is no such message.');
    if (!UUID.test(messageId)) throw missing;
    const { rows } = await this.#pool.query<ChatRow>(`${MESSAGES} WHERE ${READABLE} AND m.message_id = $4`, [
      code,
      ...valuesOf(reader),
      messageId,
    ]);
    const record = rows[0] && recordOf(rows[0]);
    if (record === undefined || record.message.sentAt < reader.since) throw missing;
    return record;
  }

  /**
   * Changes a message that the peer may read. Resolves with the message as it is afterwards, and whether it changed. Rejects with
   * `not_found`, and with what `decide` throws.
   */
  async change(
    code: RoomCode,
    reader: ChatReader,
    messageId: MessageId,
    decide: DecideChange,
  ): Promise<{ record: ChatRecord; changed: boolean }> {
    for (let attempt = 0; attempt < CHANGE_ATTEMPTS; attempt += 1) {
      const record = await this.find(code, reader, messageId);
      const change = decide(record, isSender(record, reader));
      if (change === undefined) return { record, changed: false };
      if ('text' in change) assertStorable(change.text);
      const { rows } = await this.#pool.query<ChatRow>(
        `WITH changed AS (
           UPDATE rooms.chat_messages SET ${assignments(change)}, version = version + 1, changed_at = now()
           WHERE message_id = $1 AND version = $2 RETURNING *
         ) ${selectRows('changed')}`,
        [messageId, record.message.version ?? 1, ...values(change)],
      );
      if (rows[0] !== undefined) return { record: recordOf(rows[0]), changed: true };
    }
    throw new ParleyError('room_busy');
  }

  /** Messages that the peer may read and that changed since then (milliseconds since the epoch), in the order of the changes. */
  async listChanges(
    code: RoomCode,
    reader: ChatReader,
    range: { changedSince: number; limit: number },
  ): Promise<ChatPage> {
    const { rows } = await this.#pool.query<ChatRow>(
      `${MESSAGES} WHERE ${READABLE} AND m.changed_at >= $4 AND m.sent_at >= $5
       ORDER BY m.changed_at, m.seq LIMIT $6`,
      [code, ...valuesOf(reader), new Date(range.changedSince), new Date(reader.since), range.limit + 1],
    );
    return { records: rows.slice(0, range.limit).map(recordOf), more: rows.length > range.limit };
  }

  /** The newest 500 changes since then, oldest first, private messages of all peers included. `since` in ms since the epoch. */
  async listAllChanges(code: RoomCode, since: number): Promise<ChatRecord[]> {
    const { rows } = await this.#pool.query<ChatRow>(
      `${MESSAGES} WHERE m.room_code = $1 AND ${KEPT} AND m.changed_at >= $2
       ORDER BY m.changed_at DESC LIMIT ${SINCE_MAX}`,
      [code, new Date(since)],
    );
    return rows.map(recordOf).toReversed();
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

  /** Deletes the messages of all rooms that are older, in parts, and those that a clearing has missed. Resolves with their number. */
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
    const missed = await this.#pool.query(
      `DELETE FROM rooms.chat_messages USING rooms.rooms WHERE code = room_code AND sent_at < chat_cleared_at`,
    );
    return deleted + (missed.rowCount ?? 0);
  }

  async #position(code: RoomCode, reader: ChatReader, messageId: MessageId): Promise<string> {
    if (!UUID.test(messageId)) throw new ParleyError('not_found', 'There is no such message.');
    const { rows } = await this.#pool.query<{ seq: string }>(
      `SELECT m.seq FROM rooms.chat_messages m JOIN rooms.rooms room ON room.code = m.room_code
       WHERE ${READABLE} AND m.message_id = $4`,
      [code, ...valuesOf(reader), messageId],
    );
    if (rows[0] === undefined) throw new ParleyError('not_found', 'There is no such message.');
    return rows[0].seq;
  }
}

/** $2 and $3 of `READABLE`. */
function valuesOf({ peerId, identity }: ChatReader): [string, string | null] {
  return [peerId, knownIdentity(identity)];
}

/** The type text of PostgreSQL cannot hold a null character. */
function assertStorable(text: string): void {
  if (text.includes('\0')) throw new ParleyError('invalid_request', 'The text holds a null character.');
}

/** The columns of a change, with its values from $3 on. */
function assignments(change: ChatChange): string {
  if ('text' in change) return 'body = $3, edited_at = now()';
  if ('reactions' in change) return 'reactions = $3, reactors = $4';
  return "deleted_by = $3, deleted_at = now(), body = '', reactions = '[]', reactors = '{}', file_id = NULL";
}

function values(change: ChatChange): unknown[] {
  if ('text' in change) return [change.text];
  if ('deletedBy' in change) return [change.deletedBy];
  return [JSON.stringify(change.reactions), JSON.stringify(change.reactors)];
}
