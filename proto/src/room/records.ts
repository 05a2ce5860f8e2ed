import { z } from 'zod';
import { peerIdSchema, producerIdSchema, roomCodeSchema } from '../base/ids.ts';
import { roleSchema } from './roles.ts';
import { mediaKindSchema } from '../rtp/rtp.ts';
import { sourceSchema } from '../rtp/sources.ts';
import { DEFAULT_ROOM_SETTINGS, roomSettingsSchema } from './room-settings.ts';

/*
 * Records are the state that clients see. A notification carries the whole record with its version, so that double or late
 * delivery is harmless: a client keeps the record with the higher version.
 */

const version = z.int().min(1);
/** Milliseconds since the epoch. */
const epochMs = z.int().min(0);

export const producerRecordSchema = z.strictObject({
  producerId: producerIdSchema,
  source: sourceSchema,
  kind: mediaKindSchema,
  paused: z.boolean(),
  pauseReason: z
    .enum(['over-limit', 'muted', 'not-allowed', 'muted-on-entry'])
    .optional()
    .describe(
      'Present while the server has paused the producer: it sent more than it may, somebody muted it, the settings of the room or the role of the peer do not let it be heard, or everybody enters this room muted. Its peer may resume it, after `over-limit` after a while, and after `not-allowed` once it may `unmute` again.',
    ),
});
export type ProducerRecord = z.infer<typeof producerRecordSchema>;

export const peerRecordSchema = z.strictObject({
  peerId: peerIdSchema,
  version,
  displayName: z.string().max(64),
  role: roleSchema,
  mayUnmute: z
    .literal(true)
    .optional()
    .describe('A host has asked this peer to unmute in a room where only hosts may: this peer may, too.'),
  joinedAt: epochMs,
  renamedAt: epochMs
    .optional()
    .describe('When the peer took another name than the one it joined with; absent if it never did.'),
  connection: z
    .enum(['connected', 'reconnecting'])
    .describe(
      '`reconnecting` while the peer has no socket and may resume, or has no media and is about to reopen it.',
    ),
  handRaisedAt: epochMs.nullable().describe('When the hand was raised; null while it is down.'),
  producers: z.array(producerRecordSchema).max(8),
});
export type PeerRecord = z.infer<typeof peerRecordSchema>;

export const peopleCountsSchema = z.strictObject({
  all: z.int().min(0).describe('All people in the room, this peer as well.'),
  viewers: z.int().min(0).describe('Those of them who only watch.'),
});
export type PeopleCounts = z.infer<typeof peopleCountsSchema>;

export const roomRecordSchema = z.strictObject({
  code: roomCodeSchema,
  version,
  title: z.string().max(120),
  createdAt: epochMs,
  settings: roomSettingsSchema.default(DEFAULT_ROOM_SETTINGS),
});
export type RoomRecord = z.infer<typeof roomRecordSchema>;

export const reactionSchema = z.enum(['thumbs-up', 'clap', 'heart', 'laugh', 'surprise', 'celebrate']);
export type Reaction = z.infer<typeof reactionSchema>;
