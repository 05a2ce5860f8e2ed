import { z } from 'zod';
import { CHAT_REQUESTS } from './chat-requests.ts';
import { chatMessageSchema } from '../room/chat.ts';
import { errorBodySchema } from '../base/error-body.ts';
import { LEADING_REQUESTS } from './leading-requests.ts';
import { PEOPLE_REQUESTS } from './people-requests.ts';
import { TRANSPORT_REQUESTS } from './transport-requests.ts';
import { consumerIdSchema, producerIdSchema, traceIdSchema, transportIdSchema } from '../base/ids.ts';
import { regionTimesSchema } from '../base/regions.ts';
import { resumeSecretSchema } from '../room/goodbye.ts';
import { lobbyPeopleSchema } from '../room/lobby-people.ts';
import { peerRecordSchema, peopleCountsSchema, reactionSchema, roomRecordSchema } from '../room/records.ts';
import { BATCH_MAX, consumerParametersSchema, preferredLayersSchema } from '../rtp/consumers.ts';
import {
  dtlsParametersSchema,
  iceServerSchema,
  mediaKindSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  transportParametersSchema,
} from '../rtp/rtp.ts';
import { sourceSchema } from '../rtp/sources.ts';
import { displayNameSchema } from '../base/text.ts';

/** Grows when a client of the last number could no longer join. */
export const PROTOCOL_VERSION = 1;

/** The most messages of a snapshot. A client that gets as many asks for earlier ones with `chat:list`. */
export const SNAPSHOT_CHAT_MAX = 100;

/** The most pictures and voices that the reply to a join brings. */
export const FIRST_PICTURES_MAX = 16;
export const FIRST_VOICES_MAX = 24;

const empty = z.strictObject({});
const consumerIds = z.array(consumerIdSchema).min(1).max(BATCH_MAX);

/**
 * The producers and consumers that all batches of one peer may name: each costs the media node as much as a request of its
 * own. A client that opens the largest page names two hundred, and one that leafs through pages about a hundred a second.
 */
export const BATCHED_RATE = { burst: 1_000, perSecond: 200 };

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
  send: transportParametersSchema
    .optional()
    .describe('Absent for a client that said `asksToSend` and whose role may send nothing.'),
  receive: transportParametersSchema,
});

const snapshotSchema = z
  .strictObject({
    room: roomRecordSchema,
    self: peerRecordSchema,
    peers: z
      .array(peerRecordSchema)
      .max(1000)
      .describe(
        'The other peers, in the order of joining. A client that said `pages` gets a part of a crowd: those who lead, send something or have a hand up, and others up to a hundred; `people:list` has all.',
      ),
    counts: peopleCountsSchema
      .optional()
      .describe('Only for clients that said `pages`, and only in a crowd; otherwise count `peers`.'),
    chat: z
      .array(chatMessageSchema)
      .max(200)
      .describe('The newest 100 messages of the present call that this peer may read, oldest first.'),
    iceServers: z.array(iceServerSchema).max(16),
    resumeSecret: z
      .string()
      .min(32)
      .max(256)
      .describe(
        'For the handshake of the next socket, after this one is lost. Each join and each resume brings a new one.',
      ),
  })
  .describe(
    'The whole state of a room for one peer. A client keeps notifications that arrive before the snapshot, and applies them after it.',
  );
export type Snapshot = z.infer<typeof snapshotSchema>;

/** What a room limits for all its peers together. */
export const ROOM_USES = ['chat', 'join', 'profile', 'reaction', 'typing'] as const;
export type RoomUse = (typeof ROOM_USES)[number];

type RequestContract = {
  /** For docs/protocol.md: plain sentences. */
  description: string;
  /** The state of the socket that the request needs: `connected` is before the peer joined, `joined` after. */
  phase: 'connected' | 'joined';
  /** Token bucket of each peer, whatever sockets it uses. */
  rate: { burst: number; perSecond: number };
  /** Everybody in the room hears of it: all peers of a room share the limit of this use. */
  roomUse?: RoomUse;
  request: z.ZodType;
  response: z.ZodType;
};

const batches = z
  .literal(true)
  .optional()
  .describe('This client takes `peers:changed`. For others the same changes come one by one.');

const pages = z
  .literal(true)
  .optional()
  .describe('This client takes a snapshot with a part of a crowd, and asks for the others. Needs `batches`.');

const asksToSend = z
  .literal(true)
  .optional()
  .describe(
    'This client takes `transports` without `send` while its role may send nothing, and sends `transport:open-send` when it has another role. Others have both transports in any case.',
  );

const regionTimes = regionTimesSchema
  .optional()
  .describe(
    'How far this client found the regions of `GET /api/regions`, in milliseconds; those without an answer are left out. Its media is placed by them.',
  );

const media = { burst: 60, perSecond: 20 };
const social = { burst: 10, perSecond: 2 };
const rare = { burst: 5, perSecond: 0.5 };
/** Everybody in the room sets up a consumer for a new producer, so a peer cannot make one again and again. */
const producing = { burst: 20, perSecond: 1 };
/** As often as somebody presses a key to talk. A mute is never refused for it. */
const unmuting = { burst: 30, perSecond: 4 };

/** Every request that a client may send over Socket.io. The key is the name of the event; the ack carries `Reply<response>`. */
export const REQUESTS = {
  'room:join': {
    description:
      'Enters the room of the join token. A second join with the same token takes the peer over with new media, because the reply to the first may have been lost. With `firstPictures` the reply has `first`: consumers of the voices of the room, and of that many pictures in their smallest layer. They are resumed already, except for pictures after `lobby:open`: resume those when they are set up. Without `first` in the reply, send `consumer:create`.',
    phase: 'connected',
    rate: rare,
    request: z.strictObject({
      protocol: z.literal(PROTOCOL_VERSION),
      rtpCapabilities: rtpCapabilitiesSchema,
      firstPictures: z
        .int()
        .min(0)
        .max(FIRST_PICTURES_MAX)
        .optional()
        .describe('As many pictures as the page shows at first.'),
      displayName: displayNameSchema
        .optional()
        .describe(
          'In place of the name in the token; not with a token that `waits`, whose name hosts have seen.',
        ),
      regionTimes,
      batches,
      pages,
      asksToSend,
    }),
    response: z.strictObject({
      snapshot: snapshotSchema,
      transports: transportsSchema,
      first: z.array(consumeResultSchema).max(BATCH_MAX).optional(),
    }),
  },
  'room:knock': {
    description:
      'Waits before the room, with a join token that needs a host to admit the person. After a lost socket, knock again: the place is kept for a while. `admitted`: join now; the token may not need it.',
    phase: 'connected',
    rate: rare,
    request: z.strictObject({ protocol: z.literal(PROTOCOL_VERSION) }),
    response: z.strictObject({ status: z.enum(['waiting', 'admitted']) }),
  },
  'lobby:open': {
    description:
      'Opens the media of a peer before its join, so that it is connected by then; nobody in the room notices. The join answers with the same transports, unless the room is on another node by then. `media` is null while nobody in the room sends anything. It ends with the socket.',
    phase: 'connected',
    rate: rare,
    request: z.strictObject({
      protocol: z.literal(PROTOCOL_VERSION),
      rtpCapabilities: rtpCapabilitiesSchema,
      regionTimes,
      asksToSend,
    }),
    response: z.strictObject({
      media: z
        .strictObject({ transports: transportsSchema, iceServers: z.array(iceServerSchema).max(16) })
        .nullable(),
    }),
  },
  'lobby:connect': {
    description: 'As `transport:connect`, after `lobby:open` and before the join.',
    phase: 'connected',
    rate: rare,
    request: z.strictObject({ transportId: transportIdSchema, dtlsParameters: dtlsParametersSchema }),
    response: empty,
  },
  'lobby:watch': {
    description:
      'Says before the join who is in the room, as far as the room lets people know who are not in it. From then on `lobby:changed` says what changed, every three seconds at most, until `room:join`, `room:knock` or the end of the socket. It is refused as the door would refuse this person now; somebody who has to wait for a host may send it.',
    phase: 'connected',
    rate: rare,
    request: z.strictObject({ protocol: z.literal(PROTOCOL_VERSION) }),
    response: lobbyPeopleSchema,
  },
  'room:resume': {
    description:
      'Continues the peer of the resume secret on this socket, and ends its former socket. If `mediaKept` is false, send `media:reopen` next.',
    phase: 'connected',
    rate: rare,
    request: z.strictObject({ protocol: z.literal(PROTOCOL_VERSION), batches, pages, asksToSend }),
    response: z.strictObject({ snapshot: snapshotSchema, mediaKept: z.boolean() }),
  },
  'room:leave': {
    description: 'Leaves the room. The server closes the socket after the reply.',
    phase: 'joined',
    rate: rare,
    request: empty,
    response: empty,
  },
  'room:suspend': {
    description:
      'The page of the client goes away and may come back, for example because it is loaded again: the peer stays in the room as `reconnecting`, for 5 seconds (`CLOSED_GRACE_MS`), and its resume secret continues it. The server closes the socket after the reply.',
    phase: 'joined',
    rate: rare,
    request: empty,
    response: empty,
  },
  'room:move-here': {
    description:
      'Ends the other peers of the same person that came into the room before, because the person goes on with this one. `microphoneOn`: whether one of them was heard until then; keep the microphone of this peer muted where none was.',
    phase: 'joined',
    rate: rare,
    request: empty,
    response: z.strictObject({ moved: z.int().min(0).max(1000), microphoneOn: z.boolean() }),
  },
  'room:ping': {
    description:
      'Only answers. A client asks it when its network may have changed, to see whether its socket still carries anything.',
    phase: 'joined',
    rate: social,
    request: empty,
    response: empty,
  },
  'media:reopen': {
    description:
      'Makes new transports, after `media:reset` or after a resume that did not keep the media. The producers and consumers of the peer are gone: create them again, muted as before.',
    phase: 'joined',
    rate: rare,
    request: z.strictObject({ rtpCapabilities: rtpCapabilitiesSchema }),
    response: z.strictObject({ transports: transportsSchema, iceServers: z.array(iceServerSchema).max(16) }),
  },
  ...TRANSPORT_REQUESTS,
  'producer:create': {
    description:
      'Sends a track of one source on the send transport. Idempotent: the same source with the same parameters is the same producer. Other parameters are refused with `conflict`: close the producer first. The server may make it paused, and the record says why (`pauseReason`): everybody enters this room muted, or somebody has muted this peer while its microphone was away with its media.',
    phase: 'joined',
    rate: producing,
    request: z.strictObject({
      source: sourceSchema,
      kind: mediaKindSchema,
      rtpParameters: rtpParametersSchema,
      paused: z.boolean(),
    }),
    response: z.strictObject({ producerId: producerIdSchema }),
  },
  'producer:pause': {
    description:
      'Mutes a producer of this peer. The media node forwards nothing of it. During a move, a producer on the node that this peer leaves ends.',
    phase: 'joined',
    rate: media,
    request: z.strictObject({ producerId: producerIdSchema }),
    response: empty,
  },
  'producer:resume': {
    description: 'Unmutes a producer of this peer.',
    phase: 'joined',
    rate: unmuting,
    request: z.strictObject({ producerId: producerIdSchema }),
    response: empty,
  },
  'producer:close': {
    description: 'Ends a producer of this peer. Its consumers close.',
    phase: 'joined',
    rate: media,
    request: z.strictObject({ producerId: producerIdSchema }),
    response: empty,
  },
  'consumer:create': {
    description:
      'Receives producers of other peers on the receive transport. The reply has one result for each producer, in order. Consumers start paused, unless `resumed` asks for more: send `consumer:resume` once the client can take packets. Ask for sound that is `resumed`: whoever begins to speak is heard one round trip earlier. On a full node pictures fail with `at_capacity`, and sound does not.',
    phase: 'joined',
    rate: media,
    request: z.strictObject({
      producers: z
        .array(
          z.strictObject({
            producerId: producerIdSchema,
            preferredLayers: preferredLayersSchema.optional(),
            resumed: z.boolean().optional(),
          }),
        )
        .min(1)
        .max(BATCH_MAX),
    }),
    response: z.strictObject({ results: z.array(consumeResultSchema).max(BATCH_MAX) }),
  },
  'consumer:pause': {
    description: 'Pauses consumers of this peer. Nothing of them is sent.',
    phase: 'joined',
    rate: media,
    request: z.strictObject({ consumerIds }),
    response: empty,
  },
  'consumer:resume': {
    description: 'Resumes consumers of this peer. A picture continues with a key frame.',
    phase: 'joined',
    rate: media,
    request: z.strictObject({ consumerIds }),
    response: empty,
  },
  'consumer:close': {
    description: 'Ends consumers of this peer. A consumer that is closed already is no error.',
    phase: 'joined',
    rate: media,
    request: z.strictObject({ consumerIds }),
    response: empty,
  },
  'consumer:set-layers': {
    description:
      'Sets the highest simulcast layers that the client wants of its consumers, and which of them keep their quality longest on a short downlink.',
    phase: 'joined',
    rate: media,
    request: z.strictObject({
      layers: z
        .array(
          z.strictObject({
            consumerId: consumerIdSchema,
            preferredLayers: preferredLayersSchema,
            priority: z
              .int()
              .min(1)
              .max(255)
              .optional()
              .describe(
                'On a short downlink the consumer with the highest number keeps its quality longest.',
              ),
          }),
        )
        .min(1)
        .max(BATCH_MAX),
    }),
    response: empty,
  },
  'consumer:request-key-frame': {
    description: 'Asks the senders of these consumers for a key frame.',
    phase: 'joined',
    rate: { burst: 20, perSecond: 5 },
    request: z.strictObject({ consumerIds }),
    response: empty,
  },
  ...CHAT_REQUESTS,
  'peer:set-hand': {
    description:
      'Raises or lowers the hand of this peer. A hand that is up keeps its place in the order of hands.',
    phase: 'joined',
    rate: social,
    roomUse: 'profile',
    request: z.strictObject({ raised: z.boolean() }),
    response: empty,
  },
  'peer:set-profile': {
    description: 'Changes the name that others see of this peer.',
    phase: 'joined',
    rate: social,
    roomUse: 'profile',
    request: z.strictObject({ displayName: displayNameSchema }),
    response: empty,
  },
  'peer:react': {
    description: 'Shows a reaction to the others for a moment. Nothing is stored.',
    phase: 'joined',
    rate: social,
    roomUse: 'reaction',
    request: z.strictObject({ reaction: reactionSchema }),
    response: empty,
  },
  ...PEOPLE_REQUESTS,
  ...LEADING_REQUESTS,
} as const satisfies Record<string, RequestContract>;

export type Requests = typeof REQUESTS;
export type RequestName = keyof Requests;
/** A payload before it is parsed: what a client writes. */
export type RequestInput<N extends RequestName> = z.input<Requests[N]['request']>;
/** A payload after it is parsed: what a handler gets. */
export type RequestPayload<N extends RequestName> = z.output<Requests[N]['request']>;
export type RequestResult<N extends RequestName> = z.output<Requests[N]['response']>;

/** The use of its room that a request counts as; null if it is none. */
export function roomUseOf(name: RequestName): RoomUse | null {
  return (REQUESTS[name] as RequestContract).roomUse ?? null;
}

/** How many producers or consumers a request names in its batch; 0 for one without a batch. */
export function batchSizeOf<N extends RequestName>(payload: RequestPayload<N>): number {
  if ('consumerIds' in payload) return payload.consumerIds.length;
  if ('producers' in payload) return payload.producers.length;
  return 'layers' in payload ? payload.layers.length : 0;
}

/** The argument of every ack. */
export type Reply<T> = { ok: true; data: T } | { ok: false; error: z.infer<typeof errorBodySchema> };

export function replySchema<T extends z.ZodType>(data: T) {
  return z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), data }),
    z.strictObject({ ok: z.literal(false), error: errorBodySchema }),
  ]);
}

/** `auth` of the Socket.io handshake. The identity of a peer comes from here and nowhere else. */
export const handshakeAuthSchema = z.union([
  z.strictObject({ token: z.string().min(1).max(4096) }),
  z.strictObject({ resumeSecret: resumeSecretSchema, traceId: traceIdSchema.optional() }),
]);
export type HandshakeAuth = z.infer<typeof handshakeAuthSchema>;
