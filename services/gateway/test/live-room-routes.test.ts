import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startPostgres, type TestPostgres } from '@parley/common/testing';
import { formatRoomCode } from '@parley/proto/ids';
import { ROUTES } from '@parley/proto/rest';
import { accountIdentity, browserIdentity } from '@parley/proto/room';
import { AccountServer, outcome, type TestBrowser } from './account-harness.ts';

const CODES = ['abcdefghjkm', 'bcdefghjkmn', 'cdefghjkmnp', 'defghjkmnpq'].map(formatRoomCode);
const END = ROUTES.endLiveRoom.path.replace('{code}', CODES[0] ?? '');

describe('the live rooms of a server', () => {
  let postgres: TestPostgres;
  let server: AccountServer;
  let operator: TestBrowser;
  let ada: TestBrowser;

  beforeAll(async () => {
    postgres = await startPostgres();
    server = await AccountServer.create(postgres);
    operator = await server.setUp();
    ada = server.browser('203.0.113.5');
    await ada.register('ada@example.com', { displayName: 'Ada L.' });
  });
  afterAll(async () => {
    await server.close();
    await postgres.stop();
  });
  beforeEach(() => {
    server.owner.calls.length = 0;
    const owners = [
      accountIdentity(ada.session?.account.id ?? ''),
      browserIdentity('b'.repeat(22)),
      '',
      accountIdentity(crypto.randomUUID()),
    ];
    server.owner.override = {
      listLiveRooms: () => ({
        rooms: CODES.map((code, index) => ({
          code,
          title: 'Choir',
          peerCount: 2,
          sinceMs: 1_000,
          owner: owners[index] ?? '',
          mediaNodeIds: ['node-1', 'node-2'],
        })),
        more: true,
        total: 60,
      }),
      endLiveRoom: () => ({}),
    };
  });

  test('are listed with the names of their owners', async () => {
    const answer = await operator.get(`${ROUTES.listLiveRooms.path}?after=${CODES[3]}`);
    const { rooms, ...rest } = ROUTES.listLiveRooms.response.parse(await answer.json());
    expect(rest).toEqual({ more: true, total: 60 });
    expect(rooms.map(({ owner }) => owner)).toEqual([
      { kind: 'account', name: 'Ada L.' },
      { kind: 'guest', name: null },
      { kind: 'unknown', name: null },
      { kind: 'account', name: null },
    ]);
    expect(rooms[0]).toMatchObject({
      code: CODES[0],
      peerCount: 2,
      since: 1_000,
      mediaNodeIds: ['node-1', 'node-2'],
    });
    expect(server.owner.calls).toMatchObject([
      { method: 'listLiveRooms', request: { after: CODES[3], caller: { isOperator: true } } },
    ]);
  });

  test('are ended by an operator', async () => {
    expect(await outcome(operator.post(END))).toBe('204');
    expect(server.owner.calls).toMatchObject([
      { method: 'endLiveRoom', request: { code: CODES[0], caller: { isOperator: true } } },
    ]);
    expect(await outcome(operator.post(ROUTES.endLiveRoom.path.replace('{code}', 'nonsense')))).toBe(
      '400 invalid_room_code',
    );
  });

  test('do not exist for an account that is no operator, and for nobody else', async () => {
    for (const browser of [ada, server.browser()]) {
      expect(await outcome(browser.get(ROUTES.listLiveRooms.path))).toBe('404 not_found');
      expect(await outcome(browser.post(END))).toBe('404 not_found');
    }
    expect(server.owner.calls).toEqual([]);
  });
});
