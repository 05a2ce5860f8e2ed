import {
  actSchema,
  chatMessageSchema,
  identitySchema,
  NOTIFICATIONS,
  peerIdSchema,
  peerRecordSchema,
  reactionSchema,
  roomRecordSchema,
  traceIdSchema,
  UNKNOWN_IDENTITY,
  type RoomRecord,
} from '@parley/proto';
import { z } from 'zod';
import {
  callStart,
  type LivePeer,
  type LiveRoom,
  type RoomAccess,
  type RoomEvent,
  type SessionId,
} from './live-room-store.ts';
import type { Waiting } from './waiting-list.ts';

/*
 * Values in Redis are JSON with the number of their form. They are parsed when they are read, because another version of
 * this service may have written them.
 */

const FORM = z.literal(1);
const sessionIdSchema = z.string().transform((id) => id as SessionId);
const leaveReasonSchema = z.enum([
  'left',
  'timed-out',
  'failed',
  'secret-reused',
  'unreachable',
  'unused',
  'over-limit',
  'removed',
  'banned',
  'call-ended',
  'moved',
]);

/** During a rolling update instances of the last version read and write the attendance id as `callSessionId`. */
const livePeerSchema = z
  .object({
    record: peerRecordSchema,
    sessionId: sessionIdSchema,
    instanceId: z.string(),
    resumeSecretHashes: z.array(z.string()),
    // Instances of the last version do not write these.
    retiredSecretHashes: z.array(z.string()).default([]),
    network: z.string().default(''),
    claims: z.int().default(1),
    movedAt: z.number().nullable().default(null),
    identity: identitySchema.default(UNKNOWN_IDENTITY),
    addressHash: z.string().default(''),
    traceId: traceIdSchema,
    callSessionId: z.string(),
    mediaNodeId: z.string().nullable(),
    expiresAt: z.number().nullable(),
  })
  .transform(({ callSessionId, ...peer }): LivePeer => ({ ...peer, attendanceId: callSessionId }));

const roomAccessSchema = z.object({
  owner: identitySchema.nullable(),
  passcodeHash: z.string().nullable(),
  bans: z.array(
    z.object({
      identity: identitySchema,
      addressHash: z.string().nullable(),
      endsAt: z.number().nullable(),
    }),
  ),
});

const waitingSchema = z.object({
  version: z.int(),
  entries: z.array(
    z.object({
      peerId: peerIdSchema,
      displayName: z.string(),
      identity: identitySchema,
      network: z.string(),
      addressHash: z.string(),
      knockedAt: z.number(),
      status: z.enum(['waiting', 'admitted', 'denied']),
      blocked: z.boolean(),
      connected: z.boolean(),
      expiresAt: z.number(),
    }),
  ),
}) satisfies z.ZodType<Waiting>;

const roomEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('room-updated'), room: roomRecordSchema }),
  z.object({ type: z.literal('room-moved'), mediaNodeId: z.string() }),
  z.object({ type: z.literal('peer-joined'), peer: peerRecordSchema }),
  z.object({ type: z.literal('peer-updated'), peer: peerRecordSchema }),
  z.object({
    type: z.literal('peer-claimed'),
    peerId: peerIdSchema,
    sessionId: sessionIdSchema,
    claims: z.int().default(Number.MAX_SAFE_INTEGER),
  }),
  z.object({ type: z.literal('peer-media-closed'), peerId: peerIdSchema, sessionId: sessionIdSchema }),
  z.object({ type: z.literal('peer-left'), peerId: peerIdSchema, reason: leaveReasonSchema }),
  z.object({ type: z.literal('peer-reacted'), peerId: peerIdSchema, reaction: reactionSchema }),
  z.object({ type: z.literal('waiting-changed'), waiting: waitingSchema }),
  z.object({ type: z.literal('act-done'), toPeerId: peerIdSchema, act: actSchema }),
  z.object({ type: z.literal('chat-received'), message: chatMessageSchema }),
  z.object({
    type: z.literal('chat-changed'),
    message: chatMessageSchema,
    byPeerId: peerIdSchema.nullable(),
    use: z.enum(['chat', 'reaction']),
  }),
  z.object({ type: z.literal('chat-typed'), ...NOTIFICATIONS['chat:typed'].shape }),
  z.object({ type: z.literal('chat-cleared'), ...NOTIFICATIONS['chat:cleared'].shape }),
]) satisfies z.ZodType<RoomEvent>;

/** `parse` throws on a text that is not of this form. */
function stored<T>(schema: z.ZodType<T>, toJson: (value: T) => unknown = (value) => value) {
  const form = z.object({ form: FORM, value: schema });
  return {
    parse: (text: string): T => form.parse(JSON.parse(text)).value,
    write: (value: T): string => JSON.stringify({ form: 1, value: toJson(value) }),
  };
}

export const storedPeer = stored<LivePeer>(livePeerSchema, ({ attendanceId, ...peer }) => ({
  ...peer,
  callSessionId: attendanceId,
}));
export const storedRoom = stored<RoomRecord>(roomRecordSchema);
export const storedAccess = stored<RoomAccess>(roomAccessSchema);
export const storedWaiting = stored<Waiting>(waitingSchema);
export const storedEvent = stored<RoomEvent>(roomEventSchema);
export const storedReason = {
  parse: (text: string | null) => leaveReasonSchema.nullable().parse(text) ?? undefined,
};

/** A peer as it was read: its text, for the comparison before a change, and its place in the order of joining. */
export type ReadPeer = { readonly text: string; readonly order: number; readonly peer: LivePeer };

/** `text` is `<order>:<peer>`. */
export function readPeer(text: string): ReadPeer {
  const colon = text.indexOf(':');
  return { text, order: Number(text.slice(0, colon)), peer: storedPeer.parse(text.slice(colon + 1)) };
}

/** A room in the reply of a script. `peers` holds the fields and values of the hash in turn. */
export type ReplyOfRoom = [
  record: string | null,
  node: string | null,
  peers: string[],
  since: string | null,
  access: string | null,
  leaderLeftAt: string | null,
];

/** Undefined if there is no such room. Peers that were put back keep their place by the time they joined. */
export function readRoom(reply: ReplyOfRoom): LiveRoom | undefined {
  const [record, node, fields, since, access, leaderLeftAt] = reply;
  if (record === null || node === null) return undefined;
  const read = fields.filter((_, index) => index % 2 === 1).map(readPeer);
  read.sort((a, b) => a.peer.record.joinedAt - b.peer.record.joinedAt || a.order - b.order);
  const peers = read.map(({ peer }) => peer);
  const start = callStart(since === null ? undefined : Number(since), peers);
  return {
    record: storedRoom.parse(record),
    access: access === null ? undefined : storedAccess.parse(access),
    mediaNodeId: node,
    since: start,
    leaderLeftAt: leaderLeftAt === null ? null : Number(leaderLeftAt),
    peers,
  };
}
