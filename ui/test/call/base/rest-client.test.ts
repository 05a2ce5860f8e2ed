import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { traceIdSchema } from '@parley/proto/ids';
import { TRACE_HEADER } from '@parley/proto/rest';
import { DEFAULT_ROOM_SETTINGS } from '@parley/proto/room';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { fillPath, RestClient } from '../../../src/call/base/rest-client.ts';
import { ROOM_CODE } from '../../support/records.ts';

const TRACE = traceIdSchema.parse('ab'.repeat(16));
const OTHER_TRACE = 'cd'.repeat(16);
const ROOM = {
  code: ROOM_CODE,
  title: 'T',
  createdAt: 1,
  peerCount: 0,
  peerLimit: 100,
  settings: DEFAULT_ROOM_SETTINGS,
  role: 'owner',
};

let server: Server;
let respond: (request: IncomingMessage, response: ServerResponse, body: string) => void;
let client: RestClient;
let origin: string;

beforeEach(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => respond(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = new RestClient({ origin, traceId: () => TRACE });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function reply(status: number, body: unknown, headers: Record<string, string> = {}): void {
  respond = (_, response) =>
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function failureOf(call: Promise<unknown>): Promise<CallFailure> {
  const error = await call.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof CallFailure)) throw error;
  return error;
}

const getRoom = () => client.call('getRoom', { params: { code: ROOM_CODE } });

describe('the REST client', () => {
  test('asks for a page of a list behind ?, and for the first one without', async () => {
    const seen: unknown[] = [];
    respond = (request, response) => {
      seen.push(request.url);
      response.writeHead(200).end(JSON.stringify({ rooms: [], next: null }));
    };
    await client.call('listRooms', { query: { before: '1.a&b' } });
    await client.call('listRooms', {});
    expect(seen).toEqual(['/api/rooms?before=1.a%26b', '/api/rooms']);
  });

  test('sends the request of the contract and returns the answer of the server', async () => {
    const seen: unknown[] = [];
    respond = (request, response, body) => {
      seen.push(
        request.method,
        request.url,
        request.headers['content-type'],
        request.headers[TRACE_HEADER],
        JSON.parse(body),
      );
      response.end(JSON.stringify({ token: 't', peerId: 'p', expiresAt: 5, traceId: TRACE }));
    };
    const result = await client.call('joinRoom', {
      params: { code: ROOM_CODE },
      body: { displayName: 'Ann' },
    });
    expect(result.token).toBe('t');
    expect(seen).toEqual([
      'POST',
      `/api/rooms/${ROOM_CODE}/join`,
      'application/json',
      TRACE,
      { displayName: 'Ann' },
    ]);
  });

  test('turns an error body into its code, with the trace id', async () => {
    reply(404, {
      error: { code: 'room_not_found', message: 'There is no such room.', traceId: OTHER_TRACE },
    });
    const failure = await failureOf(getRoom());
    expect(failure.toError()).toEqual({
      code: 'room_not_found',
      message: 'There is no such room.',
      traceId: OTHER_TRACE,
    });
    expect(failure.retryable).toBe(false);
  });

  test.each([
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'timeout'],
    [429, 'rate_limited'],
    [500, 'unavailable'],
    [404, 'unavailable'],
    [403, 'unavailable'],
  ])('reads the status %i of a proxy that answers in HTML as %s', async (status, code) => {
    reply(status, '<html>sorry</html>');
    const failure = await failureOf(getRoom());
    expect(failure.code).toBe(code);
    expect(failure.traceId).toBe(TRACE);
  });

  test.each([
    ['its page as the answer', 200, { 'content-type': 'text/html; charset=utf-8' }],
    ['its page as the answer to a new call', 201, { 'content-type': 'text/html' }],
    ['a redirect to its page', 302, { location: 'http://login.hotel.example/' }],
    ['the status for it', 511, { 'content-type': 'text/html' }],
  ])('names the network that wants people to sign in: %s', async (_, status, headers) => {
    reply(status, '<html>Welcome to our Wi-Fi</html>', headers);
    const failure = await failureOf(getRoom());
    expect(failure.code).toBe('network_sign_in');
    expect(failure.retryable).toBe(true);
  });

  test('does not believe a body that breaks the contract', async () => {
    reply(200, { ...ROOM, surprise: true }, { [TRACE_HEADER]: OTHER_TRACE });
    const failure = await failureOf(getRoom());
    expect(failure.code).toBe('internal');
    expect(failure.traceId).toBe(OTHER_TRACE);
  });

  test('gives up on a server that does not answer', async () => {
    respond = () => {};
    const impatient = new RestClient({ origin, traceId: () => TRACE, timeoutMs: 50 });
    expect((await failureOf(impatient.call('getRoom', { params: { code: ROOM_CODE } }))).code).toBe(
      'timeout',
    );
  });

  test('reports an unreachable network when no server listens', async () => {
    await new Promise<void>((resolve) => server.close(() => resolve()));
    const failure = await failureOf(getRoom());
    expect(failure.code).toBe('network_unreachable');
    expect(failure.retryable).toBe(true);
  });

  test('writes parameters into the path so that they stay in their place', () => {
    expect(fillPath('/api/rooms/{code}/join', { code: 'a/b?c' })).toBe('/api/rooms/a%2Fb%3Fc/join');
  });
});
