import { z } from 'zod';
import { actSchema } from '../room/acts.ts';
import { chatMessageSchema } from '../room/chat.ts';
import { consumerIdSchema, peerIdSchema, producerIdSchema } from '../base/ids.ts';
import { peerRecordSchema, peopleCountsSchema, reactionSchema, roomRecordSchema } from '../room/records.ts';
import { iceServerSchema } from '../rtp/rtp.ts';
import { lobbyPeopleSchema } from '../room/lobby-people.ts';
import { WAITING_MAX, waitingPersonSchema } from '../room/waiting.ts';

/** 0 (nothing arrives) to 10 (perfect). */
const score = z.int().min(0).max(10);
const layer = z.int().min(0).max(7).nullable();

/** More than a room may forward. */
export const VOICES_MAX = 128;

/** The most peers in one `peers:changed`. */
export const PEER_CHANGES_MAX = 200;

const leftSchema = z.strictObject({
  peerId: peerIdSchema,
  reason: z.enum(['left', 'timed-out', 'failed']),
});

/**
 * Every event that the server sends on its own, in the past tense. Records come whole. The descriptions are printed in
 * docs/protocol.md.
 */
export const NOTIFICATIONS = {
  'room:updated': z.strictObject({ room: roomRecordSchema }).describe('The record of the room changed.'),
  'peer:joined': z.strictObject({ peer: peerRecordSchema }).describe('Another peer entered the room.'),
  'peer:updated': z
    .strictObject({ peer: peerRecordSchema })
    .describe('The record of a peer changed, maybe your own: name, hand, connection or producers.'),
  'peer:left': z
    .strictObject(leftSchema.shape)
    .describe(
      'Another peer left: by its own wish, because it did not resume in time, or because its join failed.',
    ),
  'peers:changed': z
    .strictObject({
      peers: z.array(peerRecordSchema).max(PEER_CHANGES_MAX),
      left: z.array(leftSchema).max(PEER_CHANGES_MAX),
      counts: peopleCountsSchema.optional(),
    })
    .describe(
      'Several peers joined, changed or left within a moment; each is in it once. Apply it as a `peer:updated` for each of `peers`, also for one that you do not know, and a `peer:left` for each of `left`. Only clients that said `batches` receive it. Those that said `pages` are notified in a crowd only of the people whom snapshots have, and of the `counts`.',
    ),
  'peer:reacted': z
    .strictObject({ peerId: peerIdSchema, reaction: reactionSchema })
    .describe('Another peer shows a reaction.'),
  'waiting:changed': z
    .strictObject({
      version: z.int().min(1).describe('Keep the list with the higher version.'),
      waiting: z.array(waitingPersonSchema).max(WAITING_MAX),
    })
    .describe(
      'The people who wait before the room, in the order of knocking. Peers with the permission `admit` receive it, whole, after the join and with each change.',
    ),
  'door:admitted': z
    .strictObject({})
    .describe('A host has admitted you. Send `room:join` within five minutes.'),
  'door:denied': z
    .strictObject({ blocked: z.boolean() })
    .describe('A host has not admitted you; `blocked`: you cannot come back. The server closes the socket.'),
  'door:changed': z
    .strictObject({ namesBeforeJoin: z.boolean() })
    .describe(
      'Whether people see the names of who is in the call before they join. Peers with the permission `change-room` receive it after the join or the resume if it is on, and with each change. Until then it is off.',
    ),
  'lobby:changed': z
    .strictObject({
      people: lobbyPeopleSchema
        .nullable()
        .describe('null: the door would refuse you now, so that you may not know.'),
    })
    .describe(
      'After `lobby:watch`: who is in the room now. While the room shows no names it says nothing of people who come and go.',
    ),
  'act:done': z
    .strictObject({ act: actSchema })
    .describe(
      'Somebody did something that concerns you: muted you, asked you to unmute, stopped what you send, lowered your hand, changed your role, or removed you. Nobody is unmuted from afar.',
    ),
  'speakers:changed': z
    .strictObject({
      speakers: z.array(z.strictObject({ peerId: peerIdSchema, volume: z.int().min(-127).max(0) })).max(16),
      dominantPeerId: peerIdSchema.nullable(),
    })
    .describe(
      'The active speakers, loudest first, and the one who leads. Volumes are in dBov, from -127 (silence) to 0.',
    ),
  'voices:changed': z
    .strictObject({ producerIds: z.array(producerIdSchema).max(VOICES_MAX).nullable() })
    .describe(
      'The microphones that the room forwards; null: all of them. Until you receive this event, all are forwarded. The others are held back: their consumers stay as they are and receive nothing until they are forwarded again. Have consumers for those of the list, at the latest from now on.',
    ),
  'chat:received': z
    .strictObject({ message: chatMessageSchema })
    .describe('Another peer sent a message to everybody or to you.'),
  'chat:changed': z
    .strictObject({ message: chatMessageSchema })
    .describe(
      'A message that you may read was edited, deleted or reacted to. Replace it, and what replies show of it, unless you have a higher version.',
    ),
  'chat:typed': z
    .strictObject({ peerId: peerIdSchema, toPeerId: peerIdSchema.nullable(), typing: z.boolean() })
    .describe(
      'Another peer writes a message to everybody or to you, or has stopped. It is over after six seconds.',
    ),
  'chat:cleared': z
    .strictObject({
      byPeerId: peerIdSchema.nullable(),
      byName: z.string().max(64).nullable(),
      clearedAt: z.int().min(0),
    })
    .describe(
      'Somebody cleared the chat, maybe you: forget every message that was sent before `clearedAt` (milliseconds since the epoch). Without a name it happened before you came, or while you were away.',
    ),
  'consumer:closed': z
    .strictObject({ consumerId: consumerIdSchema, producerId: producerIdSchema })
    .describe('A consumer of yours ended, because its producer or the peer of the producer is gone.'),
  'consumer:score-changed': z
    .strictObject({ consumerId: consumerIdSchema, score, producerScore: score })
    .describe(
      'The quality of a consumer of yours, from 0 (nothing arrives) to 10 (perfect): `score` on your downlink, `producerScore` on the uplink of its sender.',
    ),
  'consumer:layers-changed': z
    .strictObject({ consumerId: consumerIdSchema, spatialLayer: layer, temporalLayer: layer })
    .describe('The simulcast layers that the media node forwards now of a consumer of yours; null for none.'),
  'producer:score-changed': z
    .strictObject({ producerId: producerIdSchema, scores: z.array(score).max(8) })
    .describe('The quality of a producer of yours on your uplink, from 0 to 10, for each of its encodings.'),
  'producer:layers-wanted': z
    .strictObject({
      producerId: producerIdSchema,
      wanted: z.boolean(),
      maxSpatialLayer: z.int().min(0).max(7),
    })
    .describe(
      'The highest simulcast layer that anybody consumes of a producer of yours; `wanted` is false if nobody consumes any. You may stop encoding the other layers, and all of them if none is wanted.',
    ),
  'ice-servers:renewed': z
    .strictObject({ iceServers: z.array(iceServerSchema).max(16) })
    .describe(
      'Your ICE servers with new TURN credentials, before the last ones end. Use them for the next restart of ICE.',
    ),
  'media:reset': z
    .strictObject({ reason: z.enum(['worker-died', 'node-lost', 'timed-out', 'room-moved']) })
    .describe(
      'You are still in the room. Send `media:reopen` and produce again, muted as before. Your transports, producers and consumers are gone; with `room-moved` they carry on for a few seconds more, and no request reaches them but `producer:close` and `producer:pause`, which end a producer there.',
    ),
  'session:ended': z
    .strictObject({
      reason: z.enum([
        'taken-over',
        'timed-out',
        'server-stopping',
        'secret-reused',
        'unreachable',
        'over-limit',
        'removed',
        'banned',
        'call-ended',
        'ended-by-operator',
        'moved',
        'denied',
      ]),
    })
    .describe(
      'The last event on a socket that the server closes on purpose: another socket resumed your peer, you did not resume in time, this server stops, no media of yours came through for a minute, somebody showed a resume secret of yours that was used up long ago, you sent too much media for the third time, somebody removed or banned you, somebody ended the call for all, an operator of the server ended it, you went on with another device, or a host did not admit you. After `server-stopping`, resume on another server.',
    ),
} as const satisfies Record<string, z.ZodType>;

export type Notifications = typeof NOTIFICATIONS;
export type NotificationName = keyof Notifications;
export type Notification<N extends NotificationName> = z.output<Notifications[N]>;
