import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RoomCode } from '@parley/proto/ids';
import { ROUTES, type RouteName } from '@parley/proto/rest';
import type { Caller } from '@parley/proto/room';
import { toCallerMessage } from '@parley/proto/room-rpc';
import { account, guest } from './support/callers.ts';
import type { TestClient } from './support/test-client.ts';
import { TestBackend, type TestSignaling } from './support/test-signaling.ts';

/** The routes of which the owner of the rooms decides who may use them. */
type GuardedRoute = {
  [N in RouteName]: (typeof ROUTES)[N]['access'] extends `room:${string}` ? N : never;
}[RouteName];

type Ask = (rooms: TestSignaling['rooms'], about: { code: string; caller: object }) => Promise<unknown>;

const NONE = crypto.randomUUID();

/** What the gateway asks for each of them: a new route without a line here does not compile. */
const ASKS: Record<GuardedRoute, Ask> = {
  changeRoom: (rooms, about) => rooms.call('changeRoom', { ...about, title: 'changed' }),
  deleteRoom: (rooms, about) => rooms.call('deleteRoom', about),
  listBans: (rooms, about) => rooms.call('listBans', about),
  liftBan: (rooms, about) => rooms.call('unban', { ...about, banId: NONE }),
  listCalls: (rooms, about) => rooms.call('listCalls', about),
  getCall: (rooms, about) => rooms.call('getCall', { ...about, callId: NONE }),
  exportCall: (rooms, about) => rooms.call('getCall', { ...about, callId: NONE }),
};

const PEOPLE = ['stranger', 'viewer', 'participant', 'host', 'operator', 'owner'] as const;
type Person = (typeof PEOPLE)[number];

const ALLOWED: Record<(typeof ROUTES)[GuardedRoute]['access'], readonly Person[]> = {
  'room:host': ['host', 'owner'],
  'room:owner': ['owner'],
};

describe('the routes of a room in which a call runs', () => {
  let backend: TestBackend;
  let signaling: TestSignaling;
  let code: RoomCode;
  const clients: TestClient[] = [];
  const people: Record<Person, Caller> = {
    stranger: account('Stranger'),
    viewer: guest(),
    participant: account('Participant'),
    host: guest(),
    operator: { ...account('Operator'), isOperator: true },
    owner: account('Owner'),
  };

  beforeAll(async () => {
    backend = await TestBackend.start();
    signaling = await backend.signaling();
    const { room } = await signaling.rooms.call('createRoom', {
      title: '',
      caller: toCallerMessage(people.owner),
    });
    code = room?.code as RoomCode;
    const owner = await signaling.join(code, 'Owner', people.owner);
    for (const role of ['viewer', 'participant', 'host'] as const) {
      const client = await signaling.join(code, role, people[role]);
      if (role !== 'participant') await owner.request('peer:set-role', { peerId: client.peerId, role });
      clients.push(client);
    }
  }, 180_000);
  afterAll(async () => {
    await signaling.stop();
    await backend.stop();
  });

  const answer = async (name: GuardedRoute, person: Person): Promise<string> => {
    try {
      await ASKS[name](signaling.rooms, { code, caller: toCallerMessage(people[person]) });
      return 'done';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  const cases = (Object.keys(ASKS) as GuardedRoute[]).flatMap((name) =>
    PEOPLE.map((person) => ({ name, person, allowed: ALLOWED[ROUTES[name].access].includes(person) })),
  );
  // Deleting comes last, because nothing is left then.
  const ordered = cases.toSorted((a, b) => Number(a.name === 'deleteRoom') - Number(b.name === 'deleteRoom'));
  test.each(ordered.filter(({ allowed }) => !allowed))(
    '$name is answered to $person as if there were no such room',
    async ({ name, person }) => {
      expect(await answer(name, person)).toBe('room_not_found');
    },
  );

  test.each(ordered.filter(({ allowed }) => allowed))('$name lets $person in', async ({ name, person }) => {
    // A ban and a call that are none are looked for only after the door.
    expect(await answer(name, person)).not.toBe('room_not_found');
  });
});
