import { z } from 'zod';
import { errorBodySchema } from './errors.ts';
import { consumerIdSchema, peerIdSchema, producerIdSchema } from './ids.ts';
import { chatMessageSchema, peerRecordSchema, reactionSchema, roomRecordSchema } from './records.ts';

const score = z.int().min(0).max(10);
const layer = z.int().min(0).max(7).nullable();

/** Every event the server sends on its own. Past tense; records come whole. */
export const NOTIFICATIONS = {
  'room:updated': z.strictObject({ room: roomRecordSchema }),
  'peer:joined': z.strictObject({ peer: peerRecordSchema }),
  'peer:updated': z.strictObject({ peer: peerRecordSchema }),
  'peer:left': z.strictObject({ peerId: peerIdSchema, reason: z.enum(['left', 'timed-out', 'failed']) }),
  'peer:reacted': z.strictObject({ peerId: peerIdSchema, reaction: reactionSchema }),
  /** Who is heard now, loudest first; volumes in dBov, -127 to 0. */
  'speakers:changed': z.strictObject({
    speakers: z.array(z.strictObject({ peerId: peerIdSchema, volume: z.int().min(-127).max(0) })).max(16),
    dominantPeerId: peerIdSchema.nullable(),
  }),
  'chat:received': z.strictObject({ message: chatMessageSchema }),
  'consumer:closed': z.strictObject({ consumerId: consumerIdSchema, producerId: producerIdSchema }),
  /** 0 (dead) to 10 (perfect): `score` of our downlink of it, `producerScore` of its sender's uplink. */
  'consumer:score-changed': z.strictObject({ consumerId: consumerIdSchema, score, producerScore: score }),
  /** The layers forwarded now; null: none. */
  'consumer:layers-changed': z.strictObject({
    consumerId: consumerIdSchema,
    spatialLayer: layer,
    temporalLayer: layer,
  }),
  'producer:score-changed': z.strictObject({ producerId: producerIdSchema, scores: z.array(score).max(8) }),
  /** Which simulcast layers anybody consumes now; the sender may stop encoding the others. */
  'producer:layers-wanted': z.strictObject({
    producerId: producerIdSchema,
    wanted: z.boolean(),
    maxSpatialLayer: z.int().min(0).max(7),
  }),
  /** The media of this peer is gone, the peer is not: send `media:reopen` and produce again, muted as before. */
  'media:reset': z.strictObject({ reason: z.enum(['worker-died', 'node-lost', 'timed-out']) }),
  /** The last thing on a socket that the server ends on purpose. */
  'session:ended': z.strictObject({
    reason: z.enum(['taken-over', 'timed-out', 'server-stopping']),
    error: errorBodySchema.optional(),
  }),
} as const satisfies Record<string, z.ZodType>;

export type Notifications = typeof NOTIFICATIONS;
export type NotificationName = keyof Notifications;
export type Notification<N extends NotificationName> = z.output<Notifications[N]>;
