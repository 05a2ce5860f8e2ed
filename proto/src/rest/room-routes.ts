import { z } from 'zod';
import { peerIdSchema, roomCodeSchema, traceIdSchema } from '../base/ids.ts';
import { actKindSchema } from '../room/acts.ts';
import { goodbyeSchema, resumeSecretSchema } from '../room/goodbye.ts';
import { roleSchema } from '../room/roles.ts';
import {
  DEFAULT_ROOM_SETTINGS,
  passcodeSchema,
  roomSettingsChangeSchema,
  roomSettingsSchema,
} from '../room/room-settings.ts';
import type { RouteContract } from './route-contract.ts';
import { displayNameSchema, roomTitleSchema } from '../base/text.ts';

/*
 * The REST routes of rooms: the rooms themselves, the way into them, and what is kept of their calls.
 */

const epochMs = z.int().min(0).describe('milliseconds since the Unix epoch');

const roomInfoSchema = z.strictObject({
  code: roomCodeSchema,
  title: z.string().max(120),
  createdAt: epochMs,
  peerCount: z.int().min(0).describe('how many peers are in the room now'),
  peerLimit: z.int().min(1).describe('how many peers the room takes'),
  settings: roomSettingsSchema.default(DEFAULT_ROOM_SETTINGS),
  role: roleSchema.default('participant').describe('what the caller is in the room'),
});
export type RoomInfo = z.infer<typeof roomInfoSchema>;

const banSchema = z.strictObject({
  banId: z.uuid(),
  displayName: z.string().max(64).describe('the name that the person had in the room'),
  bannedBy: z.string().max(64),
  bannedAt: epochMs,
  endsAt: epochMs.nullable().describe('null: until somebody lifts it'),
  isGuest: z.boolean(),
});
export type BanInfo = z.infer<typeof banSchema>;

const pastCallSchema = z.strictObject({
  callId: z.uuid(),
  startedAt: epochMs,
  endedAt: epochMs.nullable().describe('null while the call runs'),
  entries: z.int().min(1).describe('entries of the attendance; somebody who came twice counts twice'),
});
export type PastCall = z.infer<typeof pastCallSchema>;

const attendanceSchema = z.strictObject({
  displayName: z.string().max(64).describe('empty if the account of the person was deleted'),
  kind: z.enum(['account', 'guest', 'unknown']),
  joinedAt: epochMs,
  leftAt: epochMs.nullable().describe('null while the person is there'),
});

const pastMessageSchema = z.strictObject({
  fromName: z.string().max(64).describe('empty if the account of the person was deleted'),
  text: z.string(),
  sentAt: epochMs,
});

const pastActSchema = z.strictObject({
  kind: actKindSchema,
  byName: z
    .string()
    .max(64)
    .nullable()
    .describe(
      'null: the rules of the room or an operator did it; empty if the account of the person was deleted',
    ),
  toName: z.string().max(64).nullable().describe('null: it concerns the whole room'),
  detail: z
    .string()
    .max(400)
    .describe('the source that was stopped, the new role, or the names of settings; empty for other acts'),
  doneAt: epochMs,
});
export type PastAct = z.infer<typeof pastActSchema>;

/** One call with who was in it, what was said to everybody and what was done. Private messages are for their two ends alone. */
const callDetailsSchema = z.strictObject({
  call: pastCallSchema,
  title: z.string().max(120),
  attendance: z.array(attendanceSchema).max(5_000),
  messages: z.array(pastMessageSchema).max(5_000),
  acts: z.array(pastActSchema).max(5_000).describe('what hosts and operators did, the oldest first'),
  isCut: z.boolean().describe('whether there were more entries, messages or acts than these'),
});
export type CallDetails = z.infer<typeof callDetailsSchema>;

const visitSchema = z.strictObject({
  code: roomCodeSchema,
  title: z.string().max(120),
  displayName: z.string().max(64),
  joinedAt: epochMs,
  leftAt: epochMs.nullable(),
});
export type Visit = z.infer<typeof visitSchema>;

export const ROOMS_PAGE_MAX = 50;
export const CALLS_PAGE_MAX = 50;

/** Files of one call. `call.json` has the same form as the answer to `getCall`. */
export const EXPORT_FILES = ['call.json', 'attendance.csv', 'chat.csv', 'acts.csv'] as const;
export type ExportFile = (typeof EXPORT_FILES)[number];

const roomParams = z.strictObject({ code: roomCodeSchema });
const banParams = z.strictObject({ code: roomCodeSchema, banId: z.uuid() });
const callParams = z.strictObject({ code: roomCodeSchema, callId: z.uuid() });

/** A number behind `?` arrives as text. */
const beforeQuery = z.strictObject({
  before: z.coerce
    .number()
    .int()
    .min(1)
    .max(99_999_999_999_999)
    .optional()
    .describe('only what began before, in milliseconds since the Unix epoch'),
});

const READING = { perClient: { burst: 120, perSecond: 4 } };
const CHANGING = { perClient: { burst: 60, perSecond: 2 }, total: { burst: 1_000, perSecond: 50 } };
const EXPORTING = { perClient: { burst: 20, perSecond: 0.5 }, total: { burst: 100, perSecond: 5 } };

export const ROOM_ROUTES = {
  createRoom: {
    method: 'POST',
    path: '/api/rooms',
    access: 'room-creator',
    givesBrowserId: true,
    description:
      'Creates a room that belongs to the caller, and returns its code. The room stays empty until somebody joins.',
    rate: { perClient: { burst: 30, perSecond: 0.5 }, total: { burst: 500, perSecond: 10 } },
    body: z.strictObject({
      title: roomTitleSchema.optional(),
      settings: roomSettingsChangeSchema.optional(),
    }),
    status: 201,
    response: roomInfoSchema,
  },
  listRooms: {
    method: 'GET',
    path: '/api/rooms',
    access: 'identity',
    description: 'Returns the rooms of the caller, the newest first, 50 at a time.',
    rate: READING,
    query: z.strictObject({
      before: z.string().max(64).optional().describe('`next` of the page before'),
    }),
    status: 200,
    response: z.strictObject({
      rooms: z.array(roomInfoSchema).max(ROOMS_PAGE_MAX),
      next: z.string().max(64).nullable().describe('null where there are no more'),
    }),
  },
  getRoom: {
    method: 'GET',
    path: '/api/rooms/{code}',
    access: 'anybody',
    description: 'Returns what anybody with the code may know of a room before joining.',
    rate: { perClient: { burst: 200, perSecond: 10 } },
    params: roomParams,
    status: 200,
    response: roomInfoSchema,
  },
  changeRoom: {
    method: 'POST',
    path: '/api/rooms/{code}',
    access: 'room:host',
    description:
      'Changes the title or the settings of a room. What is absent stays. It applies to the running call at once.',
    rate: CHANGING,
    params: roomParams,
    body: z.strictObject({
      title: roomTitleSchema.optional(),
      settings: roomSettingsChangeSchema.optional(),
    }),
    status: 200,
    response: roomInfoSchema,
  },
  deleteRoom: {
    method: 'POST',
    path: '/api/rooms/{code}/delete',
    access: 'room:owner',
    description:
      'Deletes a room with its chat, its attendance, its bans and the log of what hosts did. A call that runs in it ends. The code is never given out again by chance.',
    rate: CHANGING,
    params: roomParams,
    status: 204,
    response: z.void(),
  },
  joinRoom: {
    method: 'POST',
    path: '/api/rooms/{code}/join',
    access: 'guest',
    givesBrowserId: true,
    description:
      'Returns a join token for a person with this name. It is good for one join, within minutes. With `waits` a host has to admit the person first.',
    rate: { perClient: { burst: 120, perSecond: 2 }, total: { burst: 3_000, perSecond: 100 } },
    params: roomParams,
    body: z.strictObject({ displayName: displayNameSchema, passcode: passcodeSchema.optional() }),
    status: 200,
    response: z.strictObject({
      token: z.string(),
      peerId: peerIdSchema,
      expiresAt: z
        .int()
        .min(0)
        .describe('milliseconds since the Unix epoch; the socket must be opened before'),
      traceId: traceIdSchema,
      reportMetrics: z
        .boolean()
        .default(false)
        .describe('whether the gateway wants reports of this call over `POST /api/client-metrics`'),
      waits: z.boolean().default(false).describe('whether a host has to admit the person'),
      role: roleSchema.default('participant').describe('what the person will be in the room'),
      elsewhere: z
        .boolean()
        .default(false)
        .describe(
          'whether the same person is in the room with another device or tab; `room:move-here` ends that one',
        ),
    }),
  },
  sayGoodbye: {
    method: 'POST',
    path: '/api/rooms/{code}/goodbye',
    access: 'anybody',
    description:
      'Does what `room:suspend` or `room:leave` does, for a page that goes away and whose socket may end before it has sent them: browsers deliver this request after the page is gone. The resume secret proves the peer. Changes nothing if the peer is gone, or if the secret is not the newest of the peer any more, because another page goes on with it. Repeating it is harmless.',
    rate: { perClient: { burst: 200, perSecond: 10 }, total: { burst: 3_000, perSecond: 200 } },
    params: roomParams,
    body: z.strictObject({ resumeSecret: resumeSecretSchema, verb: goodbyeSchema }),
    status: 204,
    response: z.void(),
  },
  listBans: {
    method: 'GET',
    path: '/api/rooms/{code}/bans',
    access: 'room:host',
    description: 'Returns who may not come into the room, the newest first.',
    rate: READING,
    params: roomParams,
    status: 200,
    response: z.strictObject({ bans: z.array(banSchema).max(1_000) }),
  },
  liftBan: {
    method: 'POST',
    path: '/api/rooms/{code}/bans/{banId}/lift',
    access: 'room:host',
    description: 'Lifts a ban. The person may come into the room again.',
    rate: CHANGING,
    params: banParams,
    status: 204,
    response: z.void(),
  },
  listCalls: {
    method: 'GET',
    path: '/api/rooms/{code}/calls',
    access: 'room:owner',
    description: 'Returns the calls of a room, the newest first, 50 at a time.',
    rate: READING,
    params: roomParams,
    query: beforeQuery,
    status: 200,
    response: z.strictObject({ calls: z.array(pastCallSchema).max(CALLS_PAGE_MAX), more: z.boolean() }),
  },
  getCall: {
    method: 'GET',
    path: '/api/rooms/{code}/calls/{callId}',
    access: 'room:owner',
    description:
      'Returns one call: who was there, from when to when, what was said to everybody, and what hosts did. Private messages are for their two ends alone.',
    rate: READING,
    params: callParams,
    status: 200,
    response: callDetailsSchema,
  },
  exportCall: {
    method: 'GET',
    path: '/api/rooms/{code}/calls/{callId}/export/{file}',
    access: 'room:owner',
    description:
      'Returns one call as a file to save. In a CSV file a cell that a spreadsheet would take for a formula begins with an apostrophe.',
    rate: EXPORTING,
    params: callParams.extend({ file: z.enum(EXPORT_FILES) }),
    status: 200,
    contentTypes: ['application/json', 'text/csv'],
    response: z.string(),
  },
  listVisits: {
    method: 'GET',
    path: '/api/visits',
    access: 'identity',
    description: 'Returns the calls that the caller was in, the newest first, 50 at a time.',
    rate: READING,
    query: beforeQuery,
    status: 200,
    response: z.strictObject({ visits: z.array(visitSchema).max(CALLS_PAGE_MAX), more: z.boolean() }),
  },
} as const satisfies Record<string, RouteContract>;

export type RoomRouteName = keyof typeof ROOM_ROUTES;
