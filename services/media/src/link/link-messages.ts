import { ParleyError, type ErrorCode } from '@parley/proto/errors';
import { peerIdSchema, producerIdSchema } from '@parley/proto/ids';
import {
  fromMediaKindMessage,
  fromRtpParametersMessage,
  fromSourceMessage,
  type media,
} from '@parley/proto/media-rpc';
import { z } from 'zod';
import type { PipeParameters } from '../router/pipe-end.ts';

/*
 * The messages of a link. Each end parses what the other one sends: another media node is trusted no further than signaling. The first request, which names
 * the room, is parsed where all requests are.
 */

/** A peer has four sources, and eight speak at most. */
const LAYERS_MAX = 8;
const SPEAKERS_MAX = 64;
const VOICES_MAX = 1_024;
const ROUTER_ID_MAX_LENGTH = 64;

const layerSchema = z.int().min(0).max(LAYERS_MAX);

export const routerIdSchema = z.string().min(1).max(ROUTER_ID_MAX_LENGTH);

/** The worker encrypts what goes through pipes in no other way, and checks the length of the key. */
export const pipeSchema: z.ZodType<PipeParameters> = z.object({
  host: z.string().regex(/^[A-Za-z0-9._:%-]{1,255}$/),
  port: z.int().min(1).max(65_535),
  srtpCryptoSuite: z.literal('AEAD_AES_256_GCM'),
  srtpKeyBase64: z.base64().min(1).max(128),
});

const producerPart = { producerId: producerIdSchema };

const numberSchema = z.int().min(0);

const voicesSchema = z.object({
  voices: z
    .array(
      z.object({
        ...producerPart,
        peerId: peerIdSchema,
        open: z.boolean(),
        handRaised: z.boolean(),
        openForMs: numberSchema,
      }),
    )
    .max(VOICES_MAX),
});

const speakersSchema = z.object({
  speakers: z
    .array(z.object({ peerId: peerIdSchema, producerId: producerIdSchema, volume: z.int().min(-127).max(0) }))
    .max(SPEAKERS_MAX),
  dominantPeerId: peerIdSchema.nullish().transform((peerId) => peerId ?? undefined),
});

/** What both ends report of their routers. */
const reportPart = { voices: voicesSchema.nullish(), speakers: speakersSchema.nullish() };

const requestSchema = z.object({
  ...reportPart,
  carry: z.object({ ...producerPart, number: numberSchema }).nullish(),
  demand: z
    .object({
      ...producerPart,
      running: z.boolean(),
      wanted: z.boolean(),
      maxSpatialLayer: layerSchema,
    })
    .nullish(),
  drop: z.object(producerPart).nullish(),
});
export type LinkCommand = z.infer<typeof requestSchema>;

const responseSchema = z.object({
  ...reportPart,
  opened: z.object({ pipe: pipeSchema }).nullish(),
  carried: z.object({ ...producerPart, paused: z.boolean(), number: numberSchema }).nullish(),
  dropped: z.object({ ...producerPart, code: z.string(), number: numberSchema }).nullish(),
  paused: z.object({ ...producerPart, paused: z.boolean() }).nullish(),
});
export type LinkNews = z.infer<typeof responseSchema>;

const foundSchema = z.object({
  routerId: routerIdSchema,
  peerId: peerIdSchema,
  spatialLayerCount: layerSchema,
  paused: z.boolean(),
});

/** Where a producer is in its node. `spatialLayerCount` is 0 for audio. */
export type FoundProducer = z.infer<typeof foundSchema> & {
  source: ReturnType<typeof fromSourceMessage>;
  kind: ReturnType<typeof fromMediaKindMessage>;
};

export function parseLinkRequest(message: media.LinkRequest): LinkCommand {
  return parse(requestSchema, message);
}

export function parseLinkResponse(message: media.LinkResponse): LinkNews {
  return parse(responseSchema, message);
}

export function parseFoundProducer(message: media.FindProducerResponse): FoundProducer {
  return {
    ...parse(foundSchema, message),
    source: fromSourceMessage(message.source),
    kind: fromMediaKindMessage(message.kind),
  };
}

/** What arrives of a carried producer. */
export function parseCarried({ rtpParameters }: media.LinkCarried) {
  const parsed = fromRtpParametersMessage(rtpParameters);
  const isAudio = parsed.codecs[0]?.mimeType.startsWith('audio/') === true;
  return { rtpParameters: parsed, kind: isAudio ? ('audio' as const) : ('video' as const) };
}

/** What is gone at home is gone here. Everything else that fails there means: its media is away. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  producer_not_found: 'producer_not_found',
  room_not_found: 'producer_not_found',
  at_capacity: 'at_capacity',
};

/** A code of another node as a peer of this one may know it. */
export function homeCodeOf(code: string): ErrorCode {
  return Object.hasOwn(CODES, code) ? (CODES[code] ?? 'media_unavailable') : 'media_unavailable';
}

/** An error of another node, or on the way to it, as a peer of this one may know it. */
export function asHomeError(error: unknown): ParleyError {
  const code = error instanceof ParleyError ? error.code : '';
  return new ParleyError(homeCodeOf(code), undefined, { cause: error });
}

/** Each message is one thing. */
function parse<T extends object>(schema: z.ZodType<T>, message: unknown): T {
  const result = schema.safeParse(message);
  if (!result.success)
    throw new ParleyError('invalid_request', 'Malformed message of a link.', { cause: result.error });
  if (Object.values(result.data).every((value) => value === null || value === undefined))
    throw new ParleyError('invalid_request', 'Unknown message of a link.');
  return result.data;
}
