import { z } from 'zod';
import { errorBodySchema } from './errors.ts';
import {
  consumerIdSchema,
  messageIdSchema,
  peerIdSchema,
  producerIdSchema,
  traceIdSchema,
  transportIdSchema,
} from './ids.ts';
import {
  CHAT_TEXT_MAX,
  chatMessageSchema,
  displayNameSchema,
  peerRecordSchema,
  permissionSchema,
  reactionSchema,
  roomRecordSchema,
  sourceSchema,
  type Permission,
} from './records.ts';
import {
  dtlsParametersSchema,
  iceParametersSchema,
  iceServerSchema,
  mediaKindSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  transportParametersSchema,
} from './rtp.ts';

/** Bumped when a client of the previous number could no longer join. */
export const PROTOCOL_VERSION = 1;

/** A batch names at most this many producers or consumers. */
export const BATCH_MAX = 64;

const empty = z.strictObject({});
const consumerIds = z.array(consumerIdSchema).min(1).max(BATCH_MAX);

export const preferredLayersSchema = z.strictObject({
  /** Counts from 0, the smallest. */
  spatialLayer: z.int().min(0).max(7),
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

const consumeResultSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('created'),
    producerId: producerIdSchema,
    consumer: consumerParametersSchema,
  }),
  z.strictObject({ status: z.literal('failed'), producerId: producerIdSchema, error: errorBodySchema }),
]);
export type ConsumeResult = z.infer<typeof consumeResultSchema>;

const transportsSchema = z.strictObject({
  send: transportParametersSchema,
  receive: transportParametersSchema,
});

/** The whole state of a room for one peer. What arrives as notifications before it is applied after it. */
const snapshotSchema = z.strictObject({
  room: roomRecordSchema,
  self: peerRecordSchema,
  /** The others. */
  peers: z.array(peerRecordSchema).max(1000),
  /** The newest messages this peer may read, oldest first. */
  chat: z.array(chatMessageSchema).max(200),
  permissions: z.array(permissionSchema),
  iceServers: z.array(iceServerSchema).max(16),
  /** Opens the next socket of this peer after the present one is lost. Changes with every join and resume. */
  resumeSecret: z.string().min(32).max(256),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

type RequestContract = {
  /** Which state of the socket allows it: `connected` only before the peer joined, `joined` only after. */
  phase: 'connected' | 'joined';
  /** What the peer must be permitted; null where every joined peer may. */
  permission: Permission | null;
  /** Token bucket per socket. */
  rate: { burst: number; perSecond: number };
  request: z.ZodType;
  response: z.ZodType;
};

const media = { burst: 60, perSecond: 20 };
const social = { burst: 10, perSecond: 2 };
const rare = { burst: 5, perSecond: 0.5 };

/** Every verb a client may send over Socket.io. The event's name is the key; the ack carries `Reply<response>`. */
export const REQUESTS = {
  'room:join': {
    phase: 'connected',
    permission: null,
    rate: rare,
    request: z.strictObject({
      protocol: z.literal(PROTOCOL_VERSION),
      rtpCapabilities: rtpCapabilitiesSchema,
    }),
    response: z.strictObject({ snapshot: snapshotSchema, transports: transportsSchema }),
  },
  /** Takes the peer over to this socket. The handshake carried the resume secret. `mediaKept` false: send `media:reopen`. */
  'room:resume': {
    phase: 'connected',
    permission: null,
    rate: rare,
    request: z.strictObject({ protocol: z.literal(PROTOCOL_VERSION) }),
    response: z.strictObject({ snapshot: snapshotSchema, mediaKept: z.boolean() }),
  },
  'room:leave': { phase: 'joined', permission: null, rate: rare, request: empty, response: empty },
  /** After `media:reset`, or a resume that lost its media: new transports, nothing else changes. */
  'media:reopen': {
    phase: 'joined',
    permission: null,
    rate: rare,
    request: z.strictObject({ rtpCapabilities: rtpCapabilitiesSchema }),
    response: z.strictObject({ transports: transportsSchema, iceServers: z.array(iceServerSchema).max(16) }),
  },
  'transport:connect': {
    phase: 'joined',
    permission: null,
    rate: media,
    request: z.strictObject({ transportId: transportIdSchema, dtlsParameters: dtlsParametersSchema }),
    response: empty,
  },
  'transport:restart-ice': {
    phase: 'joined',
    permission: null,
    rate: { burst: 10, perSecond: 1 },
    request: z.strictObject({ transportId: transportIdSchema }),
    response: z.strictObject({ iceParameters: iceParametersSchema }),
  },
  /** Needs the permission of its source. Idempotent: the same source with the same parameters is the same producer. */
  'producer:create': {
    phase: 'joined',
    permission: null,
    rate: media,
    request: z.strictObject({
      source: sourceSchema,
      kind: mediaKindSchema,
      rtpParameters: rtpParametersSchema,
      paused: z.boolean(),
    }),
    response: z.strictObject({ producerId: producerIdSchema }),
  },
  'producer:pause': {
    phase: 'joined',
    permission: null,
    rate: media,
    request: z.strictObject({ producerId: producerIdSchema }),
    response: empty,
  },
  'producer:resume': {
    phase: 'joined',
    permission: null,
    rate: media,
    request: z.strictObject({ producerId: producerIdSchema }),
    response: empty,
  },
  'producer:close': {
    phase: 'joined',
    permission: null,
    rate: media,
    request: z.strictObject({ producerId: producerIdSchema }),
    response: empty,
  },
  /** Consumers start paused; resume them once the client can take the packets. One outcome per producer, in order. */
  'consumer:create': {
    phase: 'joined',
    permission: null,
    rate: media,
    request: z.strictObject({
      producers: z
        .array(
          z.strictObject({ producerId: producerIdSchema, preferredLayers: preferredLayersSchema.optional() }),
        )
        .min(1)
        .max(BATCH_MAX),
    }),
    response: z.strictObject({ results: z.array(consumeResultSchema).max(BATCH_MAX) }),
  },
  'consumer:pause': {
    phase: 'joined',
    permission: null,
    rate: media,
    request: z.strictObject({ consumerIds }),
    response: empty,
  },
  'consumer:resume': {
    phase: 'joined',
    permission: null,
    rate: media,
    request: z.strictObject({ consumerIds }),
    response: empty,
  },
  'consumer:close': {
    phase: 'joined',
    permission: null,
    rate: media,
    request: z.strictObject({ consumerIds }),
    response: empty,
  },
  'consumer:set-layers': {
    phase: 'joined',
    permission: null,
    rate: media,
    request: z.strictObject({
      layers: z
        .array(
          z.strictObject({
            consumerId: consumerIdSchema,
            preferredLayers: preferredLayersSchema,
            /** 1 to 255; whose quality goes last when the downlink is short. */
            priority: z.int().min(1).max(255).optional(),
          }),
        )
        .min(1)
        .max(BATCH_MAX),
    }),
    response: empty,
  },
  'consumer:request-key-frame': {
    phase: 'joined',
    permission: null,
    rate: { burst: 20, perSecond: 5 },
    request: z.strictObject({ consumerIds }),
    response: empty,
  },
  /** Idempotent by `clientMessageId`. */
  'chat:send': {
    phase: 'joined',
    permission: 'chat',
    rate: social,
    request: z.strictObject({
      clientMessageId: z.uuid(),
      toPeerId: peerIdSchema.nullable(),
      text: z.string().trim().min(1).max(CHAT_TEXT_MAX),
    }),
    response: z.strictObject({ message: chatMessageSchema }),
  },
  /** Older messages this peer may read, oldest first. */
  'chat:list': {
    phase: 'joined',
    permission: null,
    rate: social,
    request: z.strictObject({ before: messageIdSchema.optional(), limit: z.int().min(1).max(100) }),
    response: z.strictObject({ messages: z.array(chatMessageSchema).max(100), more: z.boolean() }),
  },
  'peer:set-hand': {
    phase: 'joined',
    permission: 'raise-hand',
    rate: social,
    request: z.strictObject({ raised: z.boolean() }),
    response: empty,
  },
  'peer:set-profile': {
    phase: 'joined',
    permission: 'rename',
    rate: social,
    request: z.strictObject({ displayName: displayNameSchema }),
    response: empty,
  },
  'peer:react': {
    phase: 'joined',
    permission: 'react',
    rate: social,
    request: z.strictObject({ reaction: reactionSchema }),
    response: empty,
  },
} as const satisfies Record<string, RequestContract>;

export type Requests = typeof REQUESTS;
export type RequestName = keyof Requests;
/** What a client writes. */
export type RequestInput<N extends RequestName> = z.input<Requests[N]['request']>;
/** What a handler gets, parsed. */
export type RequestPayload<N extends RequestName> = z.output<Requests[N]['request']>;
export type RequestResult<N extends RequestName> = z.output<Requests[N]['response']>;

/** The argument of every ack. */
export type Reply<T> = { ok: true; data: T } | { ok: false; error: z.infer<typeof errorBodySchema> };

export function replySchema<T extends z.ZodType>(data: T) {
  return z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), data }),
    z.strictObject({ ok: z.literal(false), error: errorBodySchema }),
  ]);
}

/** What the Socket.io handshake carries in `auth`. Identity comes from here and nowhere else. */
export const handshakeAuthSchema = z.union([
  z.strictObject({ token: z.string().min(1).max(4096) }),
  z.strictObject({ resumeSecret: z.string().min(32).max(256), traceId: traceIdSchema.optional() }),
]);
export type HandshakeAuth = z.infer<typeof handshakeAuthSchema>;
