import { z } from 'zod';
import { messageIdSchema, peerIdSchema, fileIdSchema, type MessageId } from '../base/ids.ts';
import { FILE_MAX_BYTES } from '../base/edge.ts';
import { CHAT_TEXT_MAX, FILE_NAME_MAX } from '../base/text.ts';

/*
 * A message as clients see it. What most messages lack is left out of the record, so that an ordinary message is short. A
 * changed message comes whole with a higher version: a client keeps the record with the higher one.
 */

/** Milliseconds since the epoch. */
const epochMs = z.int().min(0);

/** UTF-16 units of the text of a message that a reply shows. */
export const QUOTE_TEXT_MAX = 200;
/** Different emoji on one message. */
export const MESSAGE_EMOJI_MAX = 12;
/** Different emoji of one person on one message. */
export const EMOJI_PER_PERSON_MAX = 3;
/** Emoji of all people on one message. */
export const MESSAGE_REACTIONS_MAX = 150;

/** What an emoji is depends on the Unicode version of the runtime: a newer one than the server knows is refused. */
const EMOJI = new RegExp('^\\p{RGI_Emoji}$', 'v');

export const emojiSchema = z
  .string()
  .min(1)
  .max(64)
  .refine((text) => EMOJI.test(text), 'is not one emoji')
  .describe('One emoji of Unicode (RGI), with its modifiers.');

const shownFileName = z.string().min(1).max(FILE_NAME_MAX);

export const chatQuoteSchema = z
  .strictObject({
    messageId: messageIdSchema,
    fromPeerId: peerIdSchema.nullable(),
    fromName: z.string().max(64).nullable(),
    text: z.string().max(QUOTE_TEXT_MAX).nullable().describe('The beginning of its text as it is now.'),
    fileName: shownFileName.nullable(),
    sentAt: epochMs.nullable().describe('When that message was sent.'),
    deletedBy: z.enum(['sender', 'host']).nullable(),
  })
  .describe(
    'The message that this one replies to, as it is now. Only the id is left of a message that is gone, or that the receiver of the record may not read; text and file are null once it is deleted.',
  );
export type ChatQuote = z.infer<typeof chatQuoteSchema>;

export const messageReactionSchema = z.strictObject({
  emoji: emojiSchema,
  peerIds: z.array(peerIdSchema).min(1).max(MESSAGE_REACTIONS_MAX),
  mine: z
    .literal(true)
    .optional()
    .describe('The receiver of the record is one of them, maybe as an earlier peer. Absent for others.'),
});
export type MessageReaction = z.infer<typeof messageReactionSchema>;

export const chatFileSchema = z.strictObject({
  fileId: fileIdSchema,
  name: shownFileName,
  size: z.int().min(1).max(FILE_MAX_BYTES).describe('bytes'),
  type: z
    .string()
    .max(100)
    .describe('The media type by the content of the file; `application/octet-stream` if it shows none.'),
});
export type ChatFile = z.infer<typeof chatFileSchema>;

export const chatMessageSchema = z.strictObject({
  messageId: messageIdSchema,
  clientMessageId: z
    .uuid()
    .describe('Chosen by the sender, so that a repeated request does not repeat the message.'),
  fromPeerId: peerIdSchema,
  fromName: z.string().max(64),
  toPeerId: peerIdSchema
    .nullable()
    .describe('null: to everybody. Otherwise only sender and addressee receive the message.'),
  toName: z.string().max(64).nullable(),
  text: z.string().max(CHAT_TEXT_MAX).describe('Empty if the message is deleted, or is only a file.'),
  sentAt: epochMs,
  version: z
    .int()
    .min(2)
    .optional()
    .describe(
      'Grows with each change; absent (1) while there was none. Keep the record with the higher one.',
    ),
  changedAt: epochMs.optional().describe('When the last change was.'),
  editedAt: epochMs.optional().describe('When the sender changed the text last.'),
  deletedAt: epochMs.optional().describe('Nothing is left of the message but this mark.'),
  deletedBy: z.enum(['sender', 'host']).optional(),
  replyTo: chatQuoteSchema.optional(),
  reactions: z.array(messageReactionSchema).max(MESSAGE_EMOJI_MAX).optional(),
  file: chatFileSchema.optional(),
  mine: z
    .literal(true)
    .optional()
    .describe('The receiver of the record wrote the message, maybe as an earlier peer. Absent for others.'),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

/** Of two records of one message, the one to keep. */
export function newerMessage(known: ChatMessage, other: ChatMessage): ChatMessage {
  return (other.version ?? 1) > (known.version ?? 1) ? other : known;
}

/** What replies show of a message. */
export function quoteOf(message: ChatMessage): ChatQuote {
  const isDeleted = message.deletedAt !== undefined;
  return {
    messageId: message.messageId,
    fromPeerId: message.fromPeerId,
    fromName: message.fromName,
    text: isDeleted ? null : shortened(message.text),
    fileName: isDeleted ? null : (message.file?.name ?? null),
    sentAt: message.sentAt,
    deletedBy: isDeleted ? (message.deletedBy ?? 'sender') : null,
  };
}

/** What replies show of a message that is gone, or that their reader may not read. */
export function goneQuote(messageId: MessageId): ChatQuote {
  return {
    messageId,
    fromPeerId: null,
    fromName: null,
    text: null,
    fileName: null,
    sentAt: null,
    deletedBy: null,
  };
}

/** Cuts no character into halves. */
function shortened(text: string): string {
  if (text.length <= QUOTE_TEXT_MAX) return text;
  return `${text.slice(0, QUOTE_TEXT_MAX - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
