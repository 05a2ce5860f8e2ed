import { z } from 'zod';
import { roomCodeSchema } from '../base/ids.ts';
import type { RouteContract, RouteRate } from './route-contract.ts';

/*
 * The REST routes with which operators see and end the calls that run on their server.
 */

const PLAIN: RouteRate = { perClient: { burst: 120, perSecond: 4 } };

export const LIVE_ROOMS_PAGE_MAX = 50;

const liveRoomSchema = z.strictObject({
  code: roomCodeSchema,
  title: z.string().max(120),
  peerCount: z.int().min(0).describe('how many peers are in the room now'),
  since: z.int().min(0).describe('when the call began, in milliseconds since the Unix epoch'),
  owner: z.strictObject({
    kind: z.enum(['account', 'guest', 'unknown']),
    name: z.string().max(64).nullable().describe('of the account; null for others'),
  }),
  mediaNodeIds: z.array(z.string().max(128)).describe('the media nodes that carry the call'),
});
export type LiveRoomInfo = z.infer<typeof liveRoomSchema>;

/** Part of `ROUTES`. */
export const LIVE_ROOM_ROUTES = {
  listLiveRooms: {
    method: 'GET',
    path: '/api/operator/rooms',
    access: 'operator',
    description: 'Returns the rooms with people in them, in the order of their codes, 50 at a time.',
    rate: PLAIN,
    query: z.strictObject({
      after: roomCodeSchema.optional().describe('the last code of the page before'),
    }),
    status: 200,
    response: z.strictObject({
      rooms: z.array(liveRoomSchema).max(LIVE_ROOMS_PAGE_MAX),
      more: z.boolean(),
      total: z.int().min(0).describe('how many rooms have people in them'),
    }),
  },
  endLiveRoom: {
    method: 'POST',
    path: '/api/operator/rooms/{code}/end',
    access: 'operator',
    description:
      'Ends the call that runs in a room: everybody in it is removed and reads that an operator ended it. The room stays. Does nothing where no call runs.',
    rate: PLAIN,
    params: z.strictObject({ code: roomCodeSchema }),
    status: 204,
    response: z.void(),
  },
} as const satisfies Record<string, RouteContract>;

export type LiveRoomRouteName = keyof typeof LIVE_ROOM_ROUTES;
