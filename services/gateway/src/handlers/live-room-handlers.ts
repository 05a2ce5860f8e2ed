import {
  accountIdSchema,
  type AccountId,
  type LiveRoomInfo,
  type LiveRoomRouteName,
} from '@parley/proto/rest';
import { accountIdOf } from '@parley/proto/room';
import type { Accounts } from '../accounts/accounts.ts';
import type { Handlers } from '../http/handler-types.ts';
import type { LiveRoom, Rooms } from '../rooms/rooms.ts';

type LiveRooms = Pick<Rooms, 'listLive' | 'endLive'>;

/** The calls that run, for operators. Nobody else gets here: the rule `operator` is checked before. */
export function createLiveRoomHandlers(
  accounts: Pick<Accounts, 'namesOf'> | undefined,
  rooms: LiveRooms,
): Pick<Handlers, LiveRoomRouteName> {
  return {
    listLiveRooms: async ({ query, ...by }) => {
      const page = await rooms.listLive(query.after, by);
      const names = await accounts?.namesOf(page.rooms.flatMap(({ owner }) => ownerAccount(owner) ?? []));
      return { ...page, rooms: page.rooms.map((room) => withOwner(room, names)) };
    },
    endLiveRoom: ({ params, ...by }) => rooms.endLive(params.code, by),
  };
}

function withOwner(room: LiveRoom, names: Map<AccountId, string> | undefined): LiveRoomInfo {
  const accountId = ownerAccount(room.owner);
  if (accountId !== undefined)
    return { ...room, owner: { kind: 'account', name: names?.get(accountId) ?? null } };
  return { ...room, owner: { kind: room.owner === null ? 'unknown' : 'guest', name: null } };
}

function ownerAccount(owner: LiveRoom['owner']): AccountId | undefined {
  return owner === null ? undefined : accountIdSchema.safeParse(accountIdOf(owner)).data;
}
