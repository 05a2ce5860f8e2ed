import { z } from 'zod';
import { consumerIdSchema, peerIdSchema, producerIdSchema } from '../base/ids.ts';
import { mediaKindSchema, rtpParametersSchema } from './rtp.ts';
import { sourceSchema } from './sources.ts';

/** The most producers or consumers of one request. */
export const BATCH_MAX = 64;

export const preferredLayersSchema = z.strictObject({
  spatialLayer: z.int().min(0).max(7).describe('Counts from 0, the smallest.'),
  temporalLayer: z.int().min(0).max(7).optional(),
});
export type PreferredLayers = z.infer<typeof preferredLayersSchema>;

export const consumerParametersSchema = z.strictObject({
  consumerId: consumerIdSchema,
  producerId: producerIdSchema,
  peerId: peerIdSchema,
  source: sourceSchema,
  kind: mediaKindSchema,
  type: z.enum(['simple', 'simulcast', 'svc']),
  rtpParameters: rtpParametersSchema,
  producerPaused: z.boolean(),
  paused: z.boolean(),
});
export type ConsumerParameters = z.infer<typeof consumerParametersSchema>;
