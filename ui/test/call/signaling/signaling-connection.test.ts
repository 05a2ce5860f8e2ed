import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import {
  SignalingConnection,
  type KnownWays,
  type NotificationEvent,
} from '../../../src/call/signaling/signaling-connection.ts';
import { producerId } from '../../support/records.ts';
import { ok, refused, SignalingServer } from '../../support/signaling-server.ts';
import { settle, waitFor } from '../../support/wait-for.ts';

let server: SignalingServer;
let notifications: NotificationEvent[];
let warnings: string[];
let lost: string[];
let connection: SignalingConnection;

beforeEach(async () => {
  server = await SignalingServer.start();
  notifications = [];
  warnings = [];
  lost = [];
  connection = new SignalingConnection({
    origin: server.origin,
    onNotification: (event) => notifications.push(event),
    onLost: (reason) => lost.push(reason),
    log: (_, message) => warnings.push(message),
  });
});

afterEach(async () => {
  connection.close();
  await server.stop();
});

const patientConnection = (ways: KnownWays) =>
  new SignalingConnection({
    origin: server.origin,
    onNotification: () => undefined,
    onLost: () => undefined,
    log: (_, message) => warnings.push(message),
    ways,
    webSocketWaitMs: 300,
  });
const open = () => connection.open(Promise.resolve({ token: 'token' }));

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof CallFailure)) throw error;
  return error.code;
}

describe('the signaling connection', () => {
  test('opens by WebSocket with the credentials in the handshake', async () => {
    await open();
    expect(connection.connected).toBe(true);
    expect(server.auths).toEqual([{ token: 'token' }]);
    expect(server.transports).toEqual(['websocket']);
  });

  test('opens by long polling where a WebSocket gets no answer, and the next one of the page at once', async () => {
    server.swallowWebSockets();
    const ways = { pollsFirst: false };
    for (let time = 1; time <= 2; time += 1) {
      const patient = patientConnection(ways);
      try {
        await patient.open(Promise.resolve({ token: 'token' }));
        expect(patient.connected).toBe(true);
        expect(patient.overWebSocket).toBe(false);
        // Only the first time is a WebSocket waited for.
        expect(warnings).toEqual(['no answer to a WebSocket']);
      } finally {
        patient.close();
      }
    }
    expect(server.transports).toEqual(['polling', 'polling']);
  });

  test('opens by WebSocket alone where long polling was the way, and the next one of the page too', async () => {
    const ways = { pollsFirst: true };
    const patient = patientConnection(ways);
    try {
      await patient.openWebSocket(Promise.resolve({ token: 'token' }));
      expect(patient.overWebSocket).toBe(true);
      expect(ways).toEqual({ pollsFirst: false });
    } finally {
      patient.close();
    }
  });

  test('does not open by WebSocket alone where one gets no answer', async () => {
    server.swallowWebSockets();
    const ways = { pollsFirst: true };
    const patient = patientConnection(ways);
    expect(await codeOf(patient.openWebSocket(Promise.resolve({ token: 'token' })))).toBe(
      'network_unreachable',
    );
    expect(ways).toEqual({ pollsFirst: true });
    expect(server.transports).toEqual([]);
  });

  test('knows whether its socket still carries anything', async () => {
    expect(await connection.answers()).toBe(false);
    server.handlers.set('room:ping', () => ok({}));
    await open();
    expect(await connection.answers()).toBe(true);
    server.handlers.delete('room:ping');
    expect(await connection.answers()).toBe(false);
    expect(connection.connected).toBe(true);
    expect(lost).toEqual([]);
  });

  test('opens on a page without https, where crypto.randomUUID does not exist', async () => {
    const randomUUID = Object.getOwnPropertyDescriptor(Crypto.prototype, 'randomUUID')!;
    Reflect.deleteProperty(Crypto.prototype, 'randomUUID');
    try {
      expect('randomUUID' in crypto).toBe(false);
      await open();
    } finally {
      Object.defineProperty(Crypto.prototype, 'randomUUID', randomUUID);
    }
    expect(connection.connected).toBe(true);
  });

  test('dials before it has the credentials and sends them when it does', async () => {
    const { promise, resolve } = Promise.withResolvers<{ token: string }>();
    const opened = connection.open(promise);
    await settle();
    expect(server.auths).toEqual([]);
    resolve({ token: 'late' });
    await opened;
    expect(server.auths).toEqual([{ token: 'late' }]);
  });

  test('fails with the error of fetching the credentials', async () => {
    expect(await codeOf(connection.open(Promise.reject(new CallFailure('room_not_found'))))).toBe(
      'room_not_found',
    );
    expect(connection.connected).toBe(false);
  });

  test('fails with the error of a refused handshake', async () => {
    server.refuseWith = { code: 'token_expired', message: 'Too late.' };
    expect(await codeOf(open())).toBe('token_expired');
    expect(connection.connected).toBe(false);
  });

  test('fails with network_unreachable when no server listens', async () => {
    await server.stop();
    expect(await codeOf(open())).toBe('network_unreachable');
  });

  test('fails when it is closed while it waits', async () => {
    const opened = connection.open(new Promise<never>(() => {}));
    connection.close();
    expect(await codeOf(opened)).toBe('closed');
  });

  test('sends a request and returns the parsed reply', async () => {
    const seen: unknown[] = [];
    server.handlers.set('producer:pause', (input) => {
      seen.push(input);
      return ok({});
    });
    await open();
    await expect(connection.request('producer:pause', { producerId: producerId('p1') })).resolves.toEqual({});
    expect(seen).toEqual([{ producerId: 'p1' }]);
  });

  test('rejects with the code of an error reply', async () => {
    server.handlers.set('peer:react', () => refused('rate_limited'));
    await open();
    expect(await codeOf(connection.request('peer:react', { reaction: 'clap' }))).toBe('rate_limited');
  });

  test.each([['nothing'], [null], [{ ok: true, data: { more: 1 } }], [{ ok: false }]])(
    'does not believe the reply %j',
    async (reply) => {
      server.handlers.set('room:leave', () => reply);
      await open();
      expect(await codeOf(connection.request('room:leave', {}))).toBe('internal');
    },
  );

  test('gives up on a reply that does not come', async () => {
    await open();
    expect(await codeOf(connection.request('room:leave', {}, 30))).toBe('timeout');
  });

  test('rejects a request at once without a connection', async () => {
    expect(await codeOf(connection.request('room:leave', {}))).toBe('network_unreachable');
  });

  test('rejects open requests when the socket is lost, and reports the loss once', async () => {
    await open();
    const asked = codeOf(connection.request('room:leave', {}));
    await waitFor('the request', () => server.requests.length === 1);
    server.cut();
    expect(await asked).toBe('network_unreachable');
    expect(lost).toHaveLength(1);
    expect(connection.connected).toBe(false);
  });

  test('passes on notifications that keep the contract, and only those', async () => {
    await open();
    server.notify('made:up', {});
    server.notify('media:reset', { reason: 'worker-died', more: true });
    server.notify('media:reset', null);
    server.notify('__proto__', {});
    server.notify('media:reset', { reason: 'worker-died' });
    await waitFor('a notification', () => notifications.length > 0);
    expect(notifications).toEqual([{ name: 'media:reset', payload: { reason: 'worker-died' } }]);
    expect(warnings).toEqual([
      'unknown notification',
      'malformed notification',
      'malformed notification',
      'unknown notification',
    ]);
  });

  test('says goodbye in the same task when the page goes away', async () => {
    server.handlers.set('room:leave', () => ok({}));
    await open();
    connection.closeWith('room:leave');
    await waitFor('the goodbye', () => server.requests.includes('room:leave'));
    await waitFor('the end of the socket', () => server.connected.length === 0);
    expect(lost).toEqual([]);
  });

  test('does nothing after it is closed', async () => {
    await open();
    connection.close();
    connection.close();
    expect(await codeOf(open())).toBe('closed');
    await waitFor('no socket', () => server.connected.length === 0);
    expect(lost).toEqual([]);
  });
});
