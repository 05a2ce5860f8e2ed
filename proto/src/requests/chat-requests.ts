import { z } from 'zod';
import { FILE_MAX_BYTES } from '../base/edge.ts';
import { chatMessageSchema, emojiSchema } from '../room/chat.ts';
import { fileIdSchema, messageIdSchema, peerIdSchema } from '../base/ids.ts';
import { chatTextSchema, fileNameSchema } from '../base/text.ts';

const social = { burst: 10, perSecond: 2 };
const rare = { burst: 5, perSecond: 0.5 };

/** The most messages of one list. */
const LIST_MAX = 100;

const empty = z.strictObject({});
const messageReply = z.strictObject({ message: chatMessageSchema });

/** The requests of the chat. */
export const CHAT_REQUESTS = {
  'chat:send': {
    description:
      'Sends a message to everybody, or to one peer. Idempotent by `clientMessageId`. The message is stored before anybody receives it. A reply to a private message goes to its other end and to nobody else.',
    phase: 'joined',
    rate: social,
    roomUse: 'chat',
    request: z
      .strictObject({
        clientMessageId: z.uuid(),
        toPeerId: peerIdSchema.nullable(),
        text: z.union([z.literal(''), chatTextSchema]).describe('May be empty beside a file.'),
        replyTo: messageIdSchema.optional(),
        fileId: fileIdSchema
          .optional()
          .describe('A file that this peer has uploaded and that no other message has.'),
      })
      .refine(({ text, fileId }) => text !== '' || fileId !== undefined, 'has neither words nor a file'),
    response: messageReply,
  },
  'chat:offer-file': {
    description:
      'Asks for the pass to upload a file over `POST /api/files`. The pass is good once, within ten minutes. A file that is not sent with a message is deleted after half an hour.',
    phase: 'joined',
    // A person may choose 20 files at once, and see afterwards that one is missing.
    rate: { burst: 40, perSecond: 0.5 },
    request: z.strictObject({ name: fileNameSchema, size: z.int().min(1).max(FILE_MAX_BYTES) }),
    response: z.strictObject({ fileId: fileIdSchema, uploadPass: z.string().min(1).max(256) }),
  },
  'chat:link-file': {
    description:
      'Asks for a link to the file of a message that this peer may read. Anybody with the link gets the file, for ten minutes, as a download.',
    phase: 'joined',
    rate: { burst: 30, perSecond: 3 },
    request: z.strictObject({ messageId: messageIdSchema }),
    response: z.strictObject({
      url: z.string().max(256).describe('A path of the public origin.'),
      expiresAt: z.int().min(0).describe('milliseconds since the epoch'),
    }),
  },
  'chat:edit': {
    description:
      'Changes the text of a message of this peer. Everybody who may read the message receives `chat:changed`.',
    phase: 'joined',
    rate: social,
    roomUse: 'chat',
    request: z.strictObject({ messageId: messageIdSchema, text: chatTextSchema }),
    response: messageReply,
  },
  'chat:delete': {
    description:
      'Deletes a message of this peer; a host deletes messages of others too, if the host may read them. A mark without text stays in its place. A message that is deleted already is no error.',
    phase: 'joined',
    rate: social,
    roomUse: 'chat',
    request: z.strictObject({ messageId: messageIdSchema }),
    response: messageReply,
  },
  'chat:react': {
    description:
      'Puts an emoji of this peer on a message that it may read, or takes it away. Twelve different emoji fit on one message, three of one person.',
    phase: 'joined',
    rate: social,
    roomUse: 'reaction',
    request: z.strictObject({ messageId: messageIdSchema, emoji: emojiSchema, on: z.boolean() }),
    response: messageReply,
  },
  'chat:type': {
    description:
      'This peer writes a message, or has stopped. Repeat it every three seconds while it goes on: others take it for over after six.',
    phase: 'joined',
    rate: { burst: 6, perSecond: 0.7 },
    roomUse: 'typing',
    request: z.strictObject({ toPeerId: peerIdSchema.nullable(), typing: z.boolean() }),
    response: empty,
  },
  'chat:list': {
    description:
      'Reads messages of the present call that this peer may read and that are older than `before`, or the newest ones. They come oldest first.',
    phase: 'joined',
    rate: social,
    request: z.strictObject({ before: messageIdSchema.optional(), limit: z.int().min(1).max(LIST_MAX) }),
    response: z.strictObject({ messages: z.array(chatMessageSchema).max(LIST_MAX), more: z.boolean() }),
  },
  'chat:list-changes': {
    description:
      'Reads messages of the present call that this peer may read and that were edited, deleted or reacted to since then, in the order of the changes. For a client that was away: its snapshot has only the newest messages.',
    phase: 'joined',
    rate: social,
    request: z.strictObject({
      since: z.int().min(0).describe('milliseconds since the epoch'),
      limit: z.int().min(1).max(LIST_MAX),
    }),
    response: z.strictObject({ messages: z.array(chatMessageSchema).max(LIST_MAX), more: z.boolean() }),
  },
  'chat:clear': {
    description:
      'Deletes every message of the room, private ones included, for everybody. Nothing that was sent before `clearedAt` is left.',
    phase: 'joined',
    rate: rare,
    roomUse: 'chat',
    request: empty,
    response: z.strictObject({ clearedAt: z.int().min(0).describe('milliseconds since the epoch') }),
  },
} as const;
