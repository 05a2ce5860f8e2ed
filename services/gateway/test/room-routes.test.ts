import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ParleyError } from '@parley/proto/errors';
import { ROUTES, type RouteName } from '@parley/proto/rest';
import { DEFAULT_ROOM_SETTINGS } from '@parley/proto/room';
import { toSettingsMessage, type room } from '@parley/proto/room-rpc';
import { Callers } from '../src/http/callers.ts';
import { IDENTITY_KEY, RoomOwner, startGateway, type Gateway } from './gateway-harness.ts';

const CODE = 'abcd-efgh-jkm';
const ID = '01234567-89ab-4def-8123-456789abcdef';
const PARAMS: Record<string, string> = { code: CODE, banId: ID, callId: ID, file: 'chat.csv' };
const DETAILS = {
  call: { callId: ID, startedAtMs: Date.UTC(2026, 0, 2), entries: 1 },
  title: 'Choir',
  attendance: [],
  messages: [{ fromName: '=Ada', text: 'hello', sentAtMs: Date.UTC(2026, 0, 2) }],
  isCut: false,
};

const pathOf = (name: RouteName) =>
  ROUTES[name].path.replace(/\{(\w+)\}/g, (_all, param: string) => PARAMS[param] ?? '');
const ofRooms = (Object.keys(ROUTES) as RouteName[]).filter((name) =>
  /^\/api\/(rooms|visits)/.test(ROUTES[name].path),
);
const needing = ofRooms.filter(
  (name) => ROUTES[name].access === 'identity' || ROUTES[name].access.startsWith('room:'),
);

describe('the routes of rooms', () => {
  let owner: RoomOwner;
  let gateway: Gateway;
  let cookie: string;

  beforeAll(async () => {
    owner = await RoomOwner.create();
    gateway = await startGateway({ signaling: [owner.address] });
    const issued = await new Callers(IDENTITY_KEY).recognise(
      { headers: {}, address: '192.0.2.1' },
      { access: 'anybody', givesBrowserId: true, rate: null },
    );
    cookie = issued.cookie?.split(';')[0] ?? '';
  });
  afterAll(async () => {
    await gateway.close();
    await owner.close();
  });

  const ask = (name: RouteName, headers: Record<string, string> = {}) =>
    ROUTES[name].method === 'GET'
      ? gateway.get(pathOf(name), headers)
      : gateway.post(pathOf(name), 'body' in ROUTES[name] ? {} : undefined, headers);
  const codeOf = async (response: Response) =>
    ((await response.json()) as { error: { code: string } }).error.code;

  test('that need to know who asks are these', () => {
    expect(needing.length).toBeGreaterThan(7);
  });

  test.each(needing)('%s refuses somebody without an identity, and asks no owner of rooms', async (name) => {
    const before = owner.calls.length;
    const response = await ask(name);
    expect([response.status, await codeOf(response)]).toEqual([401, 'unauthenticated']);
    expect(owner.calls).toHaveLength(before);
  });

  test.each(needing.filter((name) => ROUTES[name].access.startsWith('room:')))(
    '%s answers 404 where the owner of the rooms does not know of it, with the caller that it asked for',
    async (name) => {
      const response = await ask(name, { cookie });
      expect([response.status, await codeOf(response)]).toEqual([404, 'room_not_found']);
      expect(owner.calls.at(-1)?.request).toMatchObject({
        code: CODE,
        caller: { identity: expect.stringMatching(/^browser:/) },
      });
    },
  );

  test.each(
    ofRooms.filter(
      (name) => ROUTES[name].method === 'POST' && name !== 'createRoom' && name !== 'changeRoom',
    ),
  )('%s does nothing when it is read', async (name) => {
    const before = owner.calls.length;
    const response = await gateway.get(pathOf(name), { cookie });
    expect([response.status, await codeOf(response)]).toEqual([405, 'method_not_allowed']);
    expect(owner.calls).toHaveLength(before);
  });

  test('pass on settings as they were wished, and what removes them', async () => {
    const made: room.Room = {
      code: CODE,
      title: '',
      createdAtMs: 1,
      peerCount: 0,
      peerLimit: 100,
      settings: toSettingsMessage({
        ...DEFAULT_ROOM_SETTINGS,
        capacity: 5,
        namesBeforeJoin: true,
      }) as room.RoomSettings,
      role: 'owner',
    };
    owner.override = { changeRoom: () => ({ room: made }) };
    const settings = { capacity: null, passcode: null, locked: true, opensAt: 5, namesBeforeJoin: false };
    const response = await gateway.post(`/api/rooms/${CODE}`, { settings }, { cookie });
    expect(await response.json()).toMatchObject({
      role: 'owner',
      settings: { capacity: 5, opensAt: null, namesBeforeJoin: true },
    });
    expect(owner.calls.at(-1)?.request).toMatchObject({
      settings: { capacity: 0, passcode: '', locked: true, opensAt: 5, namesBeforeJoin: false },
    });
    const unknown = await gateway.post(
      `/api/rooms/${CODE}`,
      { settings: { hasPasscode: false } },
      { cookie },
    );
    expect(unknown.status).toBe(400);
    owner.override = {};
  });

  test('save a call as a file, as text and never as a page', async () => {
    owner.override = { getCall: () => DETAILS };
    const csv = await gateway.get(`/api/rooms/${CODE}/calls/${ID}/export/chat.csv`, { cookie });
    expect([csv.status, csv.headers.get('content-type'), csv.headers.get('content-disposition')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
      'attachment; filename="abcd-efgh-jkm-2026-01-02-chat.csv"',
    ]);
    expect(await csv.text()).toContain(`"'=Ada",hello`);
    const json = await gateway.get(`/api/rooms/${CODE}/calls/${ID}/export/call.json`, { cookie });
    expect(await json.json()).toMatchObject({ title: 'Choir', call: { callId: ID, endedAt: null } });
    const other = await gateway.get(`/api/rooms/${CODE}/calls/${ID}/export/call.html`, { cookie });
    expect(other.status).toBe(400);
    owner.override = {};
  });

  test('read what stands behind ? strictly', async () => {
    owner.override = { listVisits: () => ({ visits: [], more: false }) };
    expect(await (await gateway.get('/api/visits?before=5', { cookie })).json()).toEqual({
      visits: [],
      more: false,
    });
    expect(owner.calls.at(-1)?.request).toMatchObject({ beforeMs: 5 });
    for (const query of ['before=x', 'before=-1', 'before=5&before=6', 'after=5'])
      expect((await gateway.get(`/api/visits?${query}`, { cookie })).status).toBe(400);
    owner.override = {};
  });

  test('answer what the door says with its status', async () => {
    for (const [code, status] of [
      ['passcode_needed', 401],
      ['passcode_wrong', 403],
      ['banned', 403],
      ['room_locked', 403],
      ['guests_refused', 403],
      ['room_not_open', 403],
      ['room_closed', 403],
      ['rate_limited', 429],
    ] as const) {
      owner.override = {
        authorizeJoin: () => {
          throw new ParleyError(code);
        },
      };
      owner.rooms.set(CODE, { code: CODE } as room.Room);
      const response = await gateway.post(`/api/rooms/${CODE}/join`, { displayName: 'Ada' });
      expect([response.status, await codeOf(response)]).toEqual([status, code]);
    }
    owner.override = {};
  });
});
