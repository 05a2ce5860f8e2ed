import { fileIdSchema, messageIdSchema, type PeerId } from '@parley/proto/ids';
import {
  goneQuote,
  quoteOf,
  type ChatFile,
  type ChatMessage,
  type Identity,
  type MessageReaction,
} from '@parley/proto/room';
import type { ChatReactors, ChatRecord } from './chat-record.ts';

/** A row of `rooms.chat_messages`, with the message that it replies to. */
export type ChatRow = {
  message_id: string;
  client_message_id: string;
  from_peer_id: PeerId;
  from_name: string;
  from_identity: Identity | null;
  to_peer_id: PeerId | null;
  to_name: string | null;
  to_identity: Identity | null;
  body: string;
  sent_at: Date;
  version: number;
  changed_at: Date | null;
  edited_at: Date | null;
  deleted_at: Date | null;
  deleted_by: 'sender' | 'host' | null;
  reactions: MessageReaction[];
  reactors: ChatReactors;
  reply_to: string | null;
  quoted_from_peer_id: PeerId | null;
  quoted_from_name: string | null;
  quoted_body: string | null;
  quoted_sent_at: Date | null;
  quoted_deleted_at: Date | null;
  quoted_deleted_by: 'sender' | 'host' | null;
  quoted_file_name: string | null;
  file_id: string | null;
  file_name: string | null;
  file_size: number | null;
  file_media_type: string | null;
};

const OWN = [
  'message_id',
  'client_message_id',
  'from_peer_id',
  'from_name',
  'from_identity',
  'to_peer_id',
  'to_name',
  'to_identity',
  'body',
  'sent_at',
  'version',
  'changed_at',
  'edited_at',
  'deleted_at',
  'deleted_by',
  'reactions',
  'reactors',
  'reply_to',
  'file_id',
];
const QUOTED = ['from_peer_id', 'from_name', 'body', 'sent_at', 'deleted_at', 'deleted_by'];
const OF_FILE = ['name', 'size', 'media_type'];

/** Whether a message is newer than the last clearing of its chat, which may have missed one that was stored in that moment. */
const isKept = (message: string): string =>
  `${message}.sent_at >= coalesce(room.chat_cleared_at, '-infinity')`;

/** A condition for what `selectRows` reads. */
export const KEPT = isKept('m');

/** Reads `ChatRow` from `source`, which has the columns of the table and is called `m`. */
export function selectRows(source: string): string {
  const columns = [
    ...OWN.map((name) => `m.${name}`),
    ...QUOTED.map((name) => `quoted.${name} AS quoted_${name}`),
    ...OF_FILE.map((name) => `file.${name} AS file_${name}`),
    'quoted_file.name AS quoted_file_name',
  ];
  return `SELECT ${columns.join(', ')} FROM ${source} m
    JOIN rooms.rooms room ON room.code = m.room_code
    LEFT JOIN rooms.chat_messages quoted
      ON quoted.message_id = m.reply_to AND quoted.room_code = m.room_code AND ${isKept('quoted')}
    LEFT JOIN rooms.chat_files file ON file.file_id = m.file_id
    LEFT JOIN rooms.chat_files quoted_file ON quoted_file.file_id = quoted.file_id`;
}

/** A row as it is stored. */
export function recordOf(row: ChatRow): ChatRecord {
  const ends = { from: row.from_identity, to: row.to_identity };
  return { message: messageOf(row), ends, reactors: row.reactors };
}

/** Leaves out what the message lacks, see `chatMessageSchema`. */
function messageOf(row: ChatRow): ChatMessage {
  return {
    messageId: messageIdSchema.parse(row.message_id),
    clientMessageId: row.client_message_id,
    fromPeerId: row.from_peer_id,
    fromName: row.from_name,
    toPeerId: row.to_peer_id,
    toName: row.to_name,
    text: row.body,
    sentAt: row.sent_at.getTime(),
    ...(row.version > 1 && { version: row.version }),
    ...(row.changed_at && { changedAt: row.changed_at.getTime() }),
    ...(row.edited_at && { editedAt: row.edited_at.getTime() }),
    ...(row.deleted_at && { deletedAt: row.deleted_at.getTime() }),
    ...(row.deleted_by && { deletedBy: row.deleted_by }),
    ...(row.reply_to !== null && { replyTo: quotedBy(row, row.reply_to) }),
    ...(row.reactions.length > 0 && { reactions: row.reactions }),
    ...(row.file_id !== null && { file: fileOf(row, row.file_id) }),
  };
}

function quotedBy(row: ChatRow, replyTo: string): NonNullable<ChatMessage['replyTo']> {
  const messageId = messageIdSchema.parse(replyTo);
  if (row.quoted_from_peer_id === null || row.quoted_from_name === null) return goneQuote(messageId);
  return quoteOf({
    messageId,
    clientMessageId: '',
    fromPeerId: row.quoted_from_peer_id,
    fromName: row.quoted_from_name,
    toPeerId: null,
    toName: null,
    text: row.quoted_body ?? '',
    sentAt: row.quoted_sent_at?.getTime() ?? 0,
    ...(row.quoted_deleted_at && { deletedAt: row.quoted_deleted_at.getTime() }),
    ...(row.quoted_deleted_by && { deletedBy: row.quoted_deleted_by }),
    ...(row.quoted_file_name !== null && {
      file: { fileId: fileIdSchema.parse('-'), name: row.quoted_file_name, size: 1, type: '' },
    }),
  });
}

function fileOf(row: ChatRow, fileId: string): ChatFile {
  const { file_name: name, file_size: size, file_media_type: type } = row;
  if (name === null || size === null || type === null)
    throw new Error('A message has a file without a record.');
  return { fileId: fileIdSchema.parse(fileId), name, size, type };
}
