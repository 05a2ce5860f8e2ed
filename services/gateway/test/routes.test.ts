import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newTraceId } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import { restErrorSchema, ROUTES, TRACE_HEADER, type RoomInfo } from '@parley/proto/rest';
import { RoomOwner, startGateway, type Gateway } from './gateway-harness.ts';

const UNKNOWN_CODE = 'zzzz-zzzz-zzz';

describe('the public routes', () => {
  let owner: RoomOwner;
  let gateway: Gateway;

  beforeEach(async () => {
    owner = await RoomOwner.create();
    gateway = await startGateway({ signaling: [owner.address] });
  });

  afterEach(async () => {
    await gateway.close();
    await owner.close();
  });

  async function makeRoom(): Promise<RoomInfo> {
    const response = await gateway.post('/api/rooms', {});
    expect(response.status).toBe(201);
    return ROUTES.createRoom.response.parse(await response.json());
  }

  async function errorOf(response: Response) {
    const { error } = restErrorSchema.parse(await response.json());
    expect(error.traceId).toBe(response.headers.get(TRACE_HEADER));
    return [response.status, error.code];
  }

  test('make a room, with a title or without', async () => {
    const room = await makeRoom();
    expect(room).toMatchObject({ title: '', peerCount: 0 });
    const named = await gateway.post('/api/rooms', { title: '  Standup  ' });
    expect(await named.json()).toMatchObject({
      title: 'Standup',
      code: expect.stringMatching(/^[a-z0-9-]{13}$/),
    });
    expect(owner.rooms.size).toBe(2);
  });

  test('make a room for a request without any body', async () => {
    expect((await gateway.post('/api/rooms')).status).toBe(201);
    const empty = { 'content-type': 'application/json', 'content-length': '0' };
    expect((await gateway.post('/api/rooms', undefined, empty)).status).toBe(201);
  });

  test('show a room', async () => {
    const room = await makeRoom();
    const response = await gateway.get(`/api/rooms/${room.code}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(room);
  });

  test('give a join token, with the trace id that the call will have', async () => {
    const room = await makeRoom();
    const traceId = newTraceId();
    const body = { displayName: '  Ada   Lovelace ' };
    const response = await gateway.post(`/api/rooms/${room.code}/join`, body, { [TRACE_HEADER]: traceId });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      token: 'token-for-Ada Lovelace',
      peerId: 'peer-1',
      expiresAt: 1_800_000_000_000,
      reportMetrics: true,
      traceId,
      waits: false,
      elsewhere: false,
      role: 'owner',
    });
    const caller = { identity: expect.stringMatching(/^browser:/), accountName: '', isOperator: false };
    expect(owner.calls.at(-1)).toMatchObject({
      method: 'authorizeJoin',
      traceId,
      request: { code: room.code, displayName: 'Ada Lovelace', traceId, caller },
    });
  });

  test('give ICE servers with credentials that end', async () => {
    const response = await gateway.get('/api/ice-servers');
    const { iceServers } = ROUTES.getIceServers.response.parse(await response.json());
    expect(iceServers).toEqual([{ urls: ['stun:s:3478'] }]);
  });

  test('answer the health check even when signaling is away', async () => {
    await owner.close();
    const response = await gateway.get('/api/healthz');
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  test('answer HEAD like GET without a body', async () => {
    const response = await fetch(`${gateway.url}/api/healthz`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('carry security headers and are never cached', async () => {
    for (const path of ['/api/healthz', '/api/rooms/x', '/nowhere', '/api/rooms/%ff']) {
      const { headers } = await gateway.get(path);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  describe('refuse with the one error form', () => {
    test.each([
      'x',
      'ABCD-EFGH-JKM',
      'abcd-efgh-jk1',
      'abcdefghjkm',
      '..',
      '%00',
      'x'.repeat(500),
      '__proto__',
    ])('a room code that is not valid: %s', async (code) => {
      const path = `/api/rooms/${code === '..' ? '%2e%2e%2f' : code}`;
      expect(await errorOf(await gateway.get(path))).toEqual([400, 'invalid_room_code']);
      const joined = await gateway.post(`${path}/join`, { displayName: 'Ada' });
      expect(await errorOf(joined)).toEqual([400, 'invalid_room_code']);
      expect(owner.calls).toEqual([]);
    });

    test('a room that is not there', async () => {
      expect(await errorOf(await gateway.get(`/api/rooms/${UNKNOWN_CODE}`))).toEqual([404, 'room_not_found']);
      const joined = await gateway.post(`/api/rooms/${UNKNOWN_CODE}/join`, { displayName: 'Ada' });
      expect(await errorOf(joined)).toEqual([404, 'room_not_found']);
    });

    test.each([
      ['a key that is not in the contract', { title: 'a', admin: true }],
      ['a title that is too long', { title: 'x'.repeat(121) }],
      ['a title of another type', { title: 5 }],
      ['a list', []],
      ['a text', 'title'],
      ['nothing where an object belongs', null],
    ])('%s when making a room', async (_what, body) => {
      const response = await gateway.post('/api/rooms', body);
      expect(await errorOf(response)).toEqual([400, 'invalid_request']);
    });

    test.each([
      ['no body', undefined],
      ['no name', {}],
      ['an empty name', { displayName: '   ' }],
      ['a name that is too long', { displayName: 'x'.repeat(65) }],
      ['a name that nobody can see', { displayName: '\u3164\u202e' }],
      ['a key of the token', { displayName: 'Ada', permissions: ['chat'] }],
    ])('%s when joining', async (_what, body) => {
      const room = await makeRoom();
      const response = await gateway.post(`/api/rooms/${room.code}/join`, body);
      expect(await errorOf(response)).toEqual([400, 'invalid_request']);
    });

    test.each([
      ['JSON that is broken', '{"title":', 'application/json', 400, 'invalid_request'],
      ['a prototype key', '{"__proto__":{"title":"x"}}', 'application/json', 400, 'invalid_request'],
      ['a constructor key', '{"constructor":{"prototype":{}}}', 'application/json', 400, 'invalid_request'],
      ['a form', 'title=x', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
      ['plain text', '{}', 'text/plain', 415, 'unsupported_media_type'],
      ['a content type that is not valid', '{}', ';;;', 415, 'unsupported_media_type'],
      [
        'a body beyond 16 KiB',
        JSON.stringify({ title: 'x'.repeat(17_000) }),
        'application/json',
        413,
        'payload_too_large',
      ],
    ])('%s', async (_what, body, contentType, status, code) => {
      const request = { method: 'POST', body, headers: { 'content-type': contentType } };
      expect(await errorOf(await fetch(`${gateway.url}/api/rooms`, request))).toEqual([status, code]);
      expect(owner.calls).toEqual([]);
    });

    test.each([
      ['GET', '/nowhere', null],
      ['GET', '/api/rooms/abcd-efgh-jkm/join', 'POST'],
      ['DELETE', '/api/rooms/abcd-efgh-jkm', 'GET, POST'],
      ['PUT', '/api/healthz', 'GET'],
      ['OPTIONS', '/api/rooms', 'POST, GET'],
      ['GET', '/API/healthz', null],
      ['GET', '/api/healthz/', null],
    ])('%s %s, which is no route', async (method, path, allow) => {
      const response = await fetch(gateway.url + path, { method });
      expect(response.headers.get('allow')).toBe(allow);
      expect(await errorOf(response)).toEqual(
        allow === null ? [404, 'not_found'] : [405, 'method_not_allowed'],
      );
    });

    test('a path that cannot be decoded', async () => {
      expect(await errorOf(await gateway.get('/api/rooms/%E0%A4%A'))).toEqual([400, 'invalid_request']);
    });
  });

  test('carry the error of the room owner as it is', async () => {
    const room = await makeRoom();
    owner.override.authorizeJoin = () => {
      throw new ParleyError('room_full', 'There is no seat left.');
    };
    const response = await gateway.post(`/api/rooms/${room.code}/join`, { displayName: 'Ada' });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      error: { code: 'room_full', message: 'There is no seat left.' },
    });
  });

  test('hide the details of an unknown error and log them with the trace id', async () => {
    owner.override.createRoom = () => ({ room: { code: 'not a code', title: 'SENSITIVE' } });
    const response = await gateway.post('/api/rooms', {});
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({
      error: { code: 'internal', message: 'Something went wrong on the server.' },
    });
    expect(text).not.toContain('SENSITIVE');
    const traceId = response.headers.get(TRACE_HEADER);
    expect(gateway.log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', traceId, msg: 'request failed' }),
    );
  });

  test('keep a well-formed trace id and replace any other', async () => {
    const traceId = newTraceId();
    const kept = await gateway.get('/api/healthz', { [TRACE_HEADER]: traceId });
    expect(kept.headers.get(TRACE_HEADER)).toBe(traceId);
    for (const wrong of ['short', `${traceId}00`, traceId.replace(/./, 'G')]) {
      const replaced = await gateway.get('/api/healthz', { [TRACE_HEADER]: wrong });
      expect(replaced.headers.get(TRACE_HEADER)).toMatch(/^[0-9a-f]{32}$/);
      expect(replaced.headers.get(TRACE_HEADER)).not.toBe(wrong);
    }
  });

  test('put the trace id and the route, never the path or the token, into every log line', async () => {
    const room = await makeRoom();
    await gateway.post(`/api/rooms/${room.code}/join`, { displayName: 'Ada' });
    await gateway.get(`/api/rooms/${UNKNOWN_CODE}`);
    const lines = gateway.log.lines.filter((line) => line['msg'] === 'request answered');
    expect(lines.map((line) => [line['route'], line['status']])).toEqual([
      ['createRoom', 201],
      ['joinRoom', 200],
      ['getRoom', 404],
    ]);
    expect(gateway.log.lines.every((line) => /^[0-9a-f]{32}$/.test(String(line['traceId'])))).toBe(true);
    expect(gateway.log.text()).not.toMatch(/token-for|zzzz-zzzz/);
  });

  test('measure requests by template, method and status, never by path', async () => {
    await makeRoom();
    await gateway.get(`/api/rooms/${UNKNOWN_CODE}`);
    await gateway.get('/some/path/of/a/stranger');
    await fetch(`${gateway.url}/api/rooms`, { method: 'PROPFIND' });
    const text = await gateway.metricsText();
    const counts = text.matchAll(
      /parley_gateway_http_request_seconds_count\{service="gateway",(.*?)\} [1-9]/g,
    );
    const labels = [...counts].map((match) => match[1]);
    expect(new Set(labels)).toEqual(
      new Set([
        'route="/api/rooms",method="POST",status="201"',
        'route="/api/rooms/{code}",method="GET",status="404"',
        'route="unmatched",method="GET",status="404"',
        'route="unmatched",method="other",status="405"',
      ]),
    );
    expect(text).not.toMatch(/zzzz|stranger/);
  });

  test('count requests for a join token by their outcome, at 0 from the start', async () => {
    const outcome = async (name: string) =>
      Number(
        new RegExp(`join_authorizations_total\\{outcome="${name}"[^}]*\\} (\\d+)`).exec(
          await gateway.metricsText(),
        )?.[1],
      );
    expect([await outcome('ok'), await outcome('room_not_found'), await outcome('room_full')]).toEqual([
      0, 0, 0,
    ]);
    const room = await makeRoom();
    await gateway.post(`/api/rooms/${room.code}/join`, { displayName: 'Ada' });
    await gateway.post(`/api/rooms/${UNKNOWN_CODE}/join`, { displayName: 'Ada' });
    expect([await outcome('ok'), await outcome('room_not_found'), await outcome('room_full')]).toEqual([
      1, 1, 0,
    ]);
  });
});
