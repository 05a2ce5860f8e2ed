import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import '../harness/jest-timeout.ts';
import { callRoute, errorOf, sendRequest } from '../harness/peer/rest-client.ts';
import { Launcher } from '../harness/servers/launcher.ts';
import { TalkingPair } from '../harness/peer/talking-pair.ts';

const UNKNOWN_CODE = 'aaaa-bbbb-ccc';

describe('the REST edge, given bad input', () => {
  let launcher: Launcher;
  let pair: TalkingPair;
  let code: string;
  let pids: number[];

  beforeAll(async () => {
    launcher = await Launcher.start();
    pair = await TalkingPair.create(launcher.origin);
    ({ code } = await callRoute(launcher.origin, 'createRoom', { body: {} }));
    pids = launcher.servicePids();
  });

  afterAll(async () => {
    await pair?.leave();
    await launcher?.stop();
  });

  const refusals: [string, () => [string, string, object?], number, string][] = [
    ['an unknown room', () => ['GET', `/api/rooms/${UNKNOWN_CODE}`], 404, 'room_not_found'],
    [
      'joining an unknown room',
      () => ['POST', `/api/rooms/${UNKNOWN_CODE}/join`, { displayName: 'Eve' }],
      404,
      'room_not_found',
    ],
    ['a malformed code', () => ['GET', '/api/rooms/not-a-code'], 400, 'invalid_room_code'],
    [
      'a code with a letter that no code has',
      () => ['GET', '/api/rooms/aaaa-bbbb-cci'],
      400,
      'invalid_room_code',
    ],
    ['a code that climbs', () => ['GET', '/api/rooms/..%2f..%2fetc'], 400, 'invalid_room_code'],
    [
      'joining with a malformed code',
      () => ['POST', '/api/rooms/x/join', { displayName: 'Eve' }],
      400,
      'invalid_room_code',
    ],
    ['an unknown field', () => ['POST', '/api/rooms', { title: 'x', owner: 'me' }], 400, 'invalid_request'],
    [
      'a title that is too long',
      () => ['POST', '/api/rooms', { title: 'x'.repeat(121) }],
      400,
      'invalid_request',
    ],
    ['a body that is no object', () => ['POST', '/api/rooms', []], 400, 'invalid_request'],
    ['a name that is missing', () => ['POST', `/api/rooms/${code}/join`, {}], 400, 'invalid_request'],
    [
      'a name of spaces',
      () => ['POST', `/api/rooms/${code}/join`, { displayName: '   ' }],
      400,
      'invalid_request',
    ],
    [
      'a name with half of a pair of surrogates',
      () => ['POST', `/api/rooms/${code}/join`, { displayName: 'Ana \ud83d' }],
      400,
      'invalid_request',
    ],
    [
      'a name that is an object',
      () => ['POST', `/api/rooms/${code}/join`, { displayName: {} }],
      400,
      'invalid_request',
    ],
    ['an unknown route', () => ['GET', '/api/secrets'], 404, 'not_found'],
  ];

  test.each(refusals)('refuses %s', async (_what, request, status, errorCode) => {
    const [method, path, body] = request();
    const answer = await sendRequest(launcher.origin, method, path, { body: body && JSON.stringify(body) });
    expect({ status: answer.status, code: errorOf(answer).code }).toEqual({ status, code: errorCode });
  });

  const bodies: [string, string, number, string][] = [
    ['a body that is not JSON', '{"title":', 400, 'invalid_request'],
    ['a __proto__ key', '{"__proto__":{"polluted":true}}', 400, 'invalid_request'],
    ['a constructor key', '{"constructor":{"prototype":{"polluted":true}}}', 400, 'invalid_request'],
    ['null', 'null', 400, 'invalid_request'],
    ['a body of half a megabyte', JSON.stringify({ title: 'x'.repeat(500_000) }), 413, 'payload_too_large'],
  ];

  test.each(bodies)('refuses %s', async (_what, body, status, errorCode) => {
    const answer = await sendRequest(launcher.origin, 'POST', '/api/rooms', { body });
    expect({ status: answer.status, code: errorOf(answer).code }).toEqual({ status, code: errorCode });
  });

  test('refuses a body that is not declared as JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    const answer = await sendRequest(launcher.origin, 'POST', '/api/rooms', { body: '{}', headers });
    expect([answer.status, errorOf(answer).code]).toEqual([415, 'unsupported_media_type']);
  });

  test('does not serve the pages of operators', async () => {
    for (const path of ['/metrics', '/api/metrics', '/readyz']) {
      const response = await fetch(`${launcher.origin}${path}`);
      expect(await response.text()).not.toContain('process_cpu');
    }
  });

  test('affects no peer and restarts no process', async () => {
    await pair.expectUndisturbed();
    expect(launcher.servicePids()).toEqual(pids);
    expect(await callRoute(launcher.origin, 'getHealth')).toEqual({ status: 'ok' });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
