import { parseHostPort } from '@parley/common/config';
import { ParleyError } from '@parley/proto/errors';
import { consumerIdSchema, peerIdSchema, producerIdSchema, transportIdSchema } from '@parley/proto/ids';
import { BATCH_MAX, preferredLayersSchema } from '@parley/proto/rtp';
import { z } from 'zod';
import { pipeSchema, routerIdSchema } from '../link/link-messages.ts';
import { roomIdSchema } from '../room/ids.ts';

/*
 * Schemas of the requests over gRPC. The caller is a service of ours, but it passes on what came from a browser. The
 * converters of the contract parse the RTP and DTLS parameters.
 */

const ORIGIN_MAX_LENGTH = 64;
/** The address of a media node, as signaling knows it. Empty: this node. */
const home = z
  .string()
  .max(300)
  .refine((text) => text === '' || parseHostPort(text) !== undefined);
const peerPart = { roomId: roomIdSchema, peerId: peerIdSchema };
const consumerIds = z.array(consumerIdSchema).min(1).max(BATCH_MAX);
/** An unset message of protobuf is null or undefined. */
const preferredLayers = z.object(preferredLayersSchema.shape).nullish();

export const roomRequestSchema = z.object({ roomId: roomIdSchema });
export const peerRequestSchema = z.object(peerPart);
export const handRequestSchema = z.object({ ...peerPart, raised: z.boolean() });
export const openPeerRequestSchema = z.object({
  ...peerPart,
  origin: z.string().max(ORIGIN_MAX_LENGTH),
  receiveOnly: z.boolean(),
});
export const transportRequestSchema = z.object({ ...peerPart, transportId: transportIdSchema });
export const producerRequestSchema = z.object({ ...peerPart, producerId: producerIdSchema });
export const consumersRequestSchema = z.object({ ...peerPart, consumerIds });

export const consumeRequestSchema = z.object({
  ...peerPart,
  items: z
    .array(z.object({ producerId: producerIdSchema, preferredLayers, resumed: z.boolean(), home }))
    .min(1)
    .max(BATCH_MAX),
});

export const findProducerRequestSchema = z.object({ roomId: roomIdSchema, producerId: producerIdSchema });
export const linkOpeningSchema = z.object({
  roomId: roomIdSchema,
  routerId: routerIdSchema,
  pipe: pipeSchema,
  callerRouterId: routerIdSchema,
});

export const layersRequestSchema = z.object({
  ...peerPart,
  layers: z
    .array(
      z.object({
        consumerId: consumerIdSchema,
        preferredLayers,
        priority: z.int().min(1).max(255).optional(),
      }),
    )
    .min(1)
    .max(BATCH_MAX),
});

/** Throws `invalid_request` with the name of the first wrong field, never with its value. */
export function parseRequest<S extends z.ZodType>(schema: S, request: unknown): z.output<S> {
  const result = schema.safeParse(request);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join('.') ?? '';
  throw new ParleyError('invalid_request', `Malformed request: ${field}.`, { cause: result.error });
}
