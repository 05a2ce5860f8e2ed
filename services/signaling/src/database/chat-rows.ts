import {
  fileIdSchema,
  messageIdSchema,
  quoteOf,
  type ChatFile,
  type ChatMessage,
  type MessageReaction,
  type PeerId,
} from '@parley/proto';

/** A row of `rooms.chat_messages`, with the message that it replies to. */
export type ChatRow = {
  message_id: string;
  client_message_id: string;
  from_peer_id: PeerId;
  from_name: string;
  to_peer_id: PeerId | null;
  to_name: string | null;
  body: string;
  sent_at: Date;
  version: number;
  changed_at: Date | null;
  edited_at: Date | null;
  deleted_at: Date | null;
  deleted_by: 'sender' | 'host' | null;
  reactions: MessageReaction[];
  reply_to: string | null;
  quoted_from_peer_id: PeerId | null;
  quoted_from_name: string | null;
  quoted_body: string | null;
  quoted_deleted_at: Date | null;
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
  'to_peer_id',
  'to_name',
  'body',
  'sent_at',
  'version',
  'changed_at',
  'edited_at',
  'deleted_at',
  'deleted_by',
  'reactions',
  'reply_to',
  'file_id',
];
const QUOTED = ['from_peer_id', 'from_name', 'body', 'deleted_at'];
const OF_FILE = ['name', 'size', 'media_type'];

/** Reads `ChatRow` from `source`, which has the columns of the table and is called `m`. */
export function selectRows(source: string): string {
  const columns = [
    ...OWN.map((name) => `m.${name}`),
    ...QUOTED.map((name) => `quoted.${name} AS quoted_${name}`),
    ...OF_FILE.map((name) => `file.${name} AS file_${name}`),
    'quoted_file.name AS quoted_file_name',
  ];
  return `SELECT ${columns.join(', ')} FROM ${source} m
    LEFT JOIN rooms.chat_messages quoted ON quoted.message_id = m.reply_to AND quoted.room_code = m.room_code
    LEFT JOIN rooms.chat_files file ON file.file_id = m.file_id
    LEFT JOIN rooms.chat_files quoted_file ON quoted_file.file_id = quoted.file_id`;
}

/** Leaves out what the message lacks, see `chatMessageSchema`. */
export function messageOf(row: ChatRow): ChatMessage {
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
  if (row.quoted_from_peer_id === null || row.quoted_from_name === null)
    return { messageId, fromPeerId: null, fromName: null, text: null, fileName: null };
  return quoteOf({
    messageId,
    clientMessageId: '',
    fromPeerId: row.quoted_from_peer_id,
    fromName: row.quoted_from_name,
    toPeerId: null,
    toName: null,
    text: row.quoted_body ?? '',
    sentAt: 0,
    ...(row.quoted_deleted_at && { deletedAt: row.quoted_deleted_at.getTime() }),
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
