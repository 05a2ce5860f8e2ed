import { peerIdSchema, traceIdSchema } from '@parley/proto/ids';
import { regionTimesSchema } from '@parley/proto/regions';
import { NOTIFICATIONS } from '@parley/proto/requests';
import {
  actSchema,
  chatMessageSchema,
  identitySchema,
  peerRecordSchema,
  reactionSchema,
  roleSchema,
  roomRecordSchema,
  UNKNOWN_IDENTITY,
  type Identity,
  type Role,
  type RoomRecord,
} from '@parley/proto/room';
import { z } from 'zod';
import {
  callStart,
  type LivePeer,
  type LiveRoom,
  type NodeCounts,
  type RoomAccess,
  type RoomEvent,
  type RoomView,
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
  'ended-by-operator',
  'moved',
]);

const endSchema = identitySchema.nullable().default(null);
const chatRecordShape = {
  message: chatMessageSchema,
  // Instances of the last version do not write these.
  ends: z.object({ from: endSchema, to: endSchema }).prefault({}),
  reactors: z.record(peerIdSchema, identitySchema).default({}),
};

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
    regionTimes: regionTimesSchema.optional(),
    expiresAt: z.number().nullable(),
    pageClosed: z.boolean().optional(),
    lostMicrophone: z.enum(['open', 'muted']).optional(),
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
  // Instances of the last version neither write nor keep it.
  namesBeforeJoin: z.boolean().optional(),
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

// Instances of the last version do not write the node.
const placedShape = { peer: peerRecordSchema, mediaNodeId: z.string().nullable().default(null) };

const roomEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('room-updated'),
    room: roomRecordSchema,
    namesBeforeJoin: z.boolean().optional(),
  }),
  z.object({ type: z.literal('node-left'), mediaNodeId: z.string() }),
  z.object({ type: z.literal('peer-joined'), ...placedShape }),
  z.object({ type: z.literal('peer-updated'), ...placedShape }),
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
  z.object({ type: z.literal('chat-received'), ...chatRecordShape }),
  z.object({
    type: z.literal('chat-changed'),
    ...chatRecordShape,
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
/** The scripts write them: identity to role. */
const rolesSchema = z.record(identitySchema, roleSchema);
/** The scripts write them: media node to number of peers. */
const nodesSchema = z.record(z.string(), z.int().min(1));

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

/** The fields of a room that a script replies with. */
type ReplyOfFields = [
  record: string | null,
  nodes: string | null,
  lastNode: string | null,
  since: string | null,
  access: string | null,
  leaderLeftAt: string | null,
  roles: string | null,
  begun: string | null,
];

/** A room in the reply of a script. `peers` holds the fields and values of the hash in turn. */
export type ReplyOfRoom = [fields: ReplyOfFields, peers: string[]];

/** Undefined if there is no such room. Peers that were put back keep their place by the time they joined. */
export function readRoom([fields, entries]: ReplyOfRoom): LiveRoom | undefined {
  const head = readFields(fields);
  if (head === undefined) return undefined;
  const peers = readPeers(entries.filter((_, index) => index % 2 === 1));
  return { ...head, since: callStart(head.since, peers), peers };
}

/** A room as one person has it, in the reply of a script. */
export type ReplyOfView = [fields: ReplyOfFields, networkPeers: string | null, peers: number, own: string[]];

/** Undefined if there is no such room. */
export function readView([fields, networkPeers, peerCount, texts]: ReplyOfView): RoomView | undefined {
  const head = readFields(fields);
  if (head === undefined) return undefined;
  const own = readPeers(texts);
  const networkPeerCount = Number(networkPeers ?? 0);
  return { ...head, since: callStart(head.since, own), own, peerCount, networkPeerCount };
}

/** `lastNode`: the node that the room took last; null if nobody has had media in it. */
export function readNodes(nodes: string | null, lastNode: string | null): NodeCounts {
  const counts = new Map(Object.entries(nodesSchema.parse(JSON.parse(nodes ?? '{}'))));
  if (lastNode !== null && !counts.has(lastNode)) counts.set(lastNode, 0);
  return counts;
}

function readFields(fields: ReplyOfFields): Omit<LiveRoom, 'peers'> | undefined {
  const [record, nodes, lastNode, since, access, leaderLeftAt, roles, begun] = fields;
  if (record === null) return undefined;
  return {
    record: storedRoom.parse(record),
    access: access === null ? undefined : storedAccess.parse(access),
    nodes: readNodes(nodes, lastNode),
    since: Math.min(Number(since ?? Infinity), Number(begun ?? Infinity)),
    leaderLeftAt: leaderLeftAt === null ? null : Number(leaderLeftAt),
    roles: rolesOf(roles),
  };
}

/** In the order of joining. */
function readPeers(texts: readonly string[]): LivePeer[] {
  const read = texts.map(readPeer);
  read.sort((a, b) => a.peer.record.joinedAt - b.peer.record.joinedAt || a.order - b.order);
  return read.map(({ peer }) => peer);
}

function rolesOf(text: string | null): ReadonlyMap<Identity, Role> {
  const roles = rolesSchema.parse(JSON.parse(text ?? '{}'));
  return new Map(Object.entries(roles) as [Identity, Role][]);
}
