import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { silentLog } from '../../../src/call/base/log.ts';
import { RestClient } from '../../../src/call/base/rest-client.ts';
import { SignalingClient } from '../../../src/call/signaling/signaling-client.ts';
import { transportParameters } from '../../support/media.ts';
import { peer, ROOM_CODE, snapshot } from '../../support/records.ts';
import { ok, refused, SignalingServer } from '../../support/signaling-server.ts';
import { waitFor } from '../../support/wait-for.ts';

let server: SignalingServer;
let session: SignalingClient;
let events: string[];

beforeEach(async () => {
  server = await SignalingServer.start();
  events = [];
  const body = { token: 'token', peerId: 'me', expiresAt: 1, traceId: 'ab'.repeat(16) };
  server.rest = () => ({ status: 200, body });
  server.handlers.set('room:join', () =>
    ok({ snapshot: snap(), transports: { send: transportParameters(), receive: transportParameters() } }),
  );
  server.handlers.set('room:resume', () => ok({ snapshot: snap(), mediaKept: true }));
  session = makeSession();
  await session.join();
});

afterEach(async () => {
  session.close();
  await server.stop();
});

const snap = () => snapshot(peer('me'), [], { resumeSecret: 'x'.repeat(40) });
const resumed = () => waitFor('the resume', () => events.includes('resumed'));

function makeSession(): SignalingClient {
  return new SignalingClient({
    origin: server.origin,
    rest: new RestClient({ origin: server.origin, traceId: () => null }),
    roomCode: ROOM_CODE,
    traceId: () => null,
    resumeSecret: null,
    onSecret: () => {},
    displayName: () => 'Ann',
    rtpCapabilities: async () => ({ codecs: [], headerExtensions: [] }),
    onAdmitted: () => {},
    passcode: () => null,
    firstPictures: () => 9,
    regionTimes: () => [],
    place: null,
    onWaiting: () => {},
    onWaitingLost: () => {},
    onElsewhere: () => {},
    onJoined: () => events.push('joined'),
    onResumed: () => events.push('resumed'),
    onLost: () => events.push('lost'),
    onNotification: ({ name }) => events.push(name),
    onFailed: ({ code }) => events.push(`failed ${code}`),
    log: silentLog,
  });
}

describe('a second socket beside the one in use', () => {
  test('keeps the socket in use if it answers before a second one is open', async () => {
    const answer = Promise.withResolvers<unknown>();
    server.handlers.set('room:ping', () => answer.promise);
    server.swallowWebSockets();
    const checked = session.check();
    await waitFor('the second socket', () => server.swallowed > 0);
    answer.resolve(ok({}));
    expect(await checked).toBe(true);
    await session.request('room:ping', {});
    expect(events).toEqual(['joined']);
    expect(server.connected).toHaveLength(1);
  });

  test('keeps the socket in use if the server takes no second one', async () => {
    const answer = Promise.withResolvers<unknown>();
    server.handlers.set('room:ping', () => answer.promise);
    server.refuseWith = { code: 'resume_rejected', message: 'No.' };
    const checked = session.check();
    await waitFor('the refusal', () => server.auths.length === 2);
    answer.resolve(ok({}));
    expect(await checked).toBe(true);
    expect(events).toEqual(['joined']);
  });

  test('replaces a dead socket as soon as a second one is open, and closes the dead one after that', async () => {
    const [first] = server.sockets;
    server.handlers.set('room:resume', () => {
      expect(first!.connected).toBe(true);
      return ok({ snapshot: snap(), mediaKept: true });
    });
    expect(await session.check()).toBe(false);
    await resumed();
    await waitFor('one socket', () => server.connected.length === 1);
    expect(first!.connected).toBe(false);
  });

  test('does not listen to the former socket any more', async () => {
    const [first] = server.sockets;
    server.handlers.set('room:resume', () => {
      first!.emit('session:ended', { reason: 'taken-over' });
      first!.emit('media:reset', { reason: 'worker-died' });
      return ok({ snapshot: snap(), mediaKept: true });
    });
    void session.check();
    await resumed();
    server.handlers.set('room:ping', () => ok({}));
    await session.request('room:ping', {});
    expect(events).toEqual(['joined', 'lost', 'resumed']);
  });

  test('looks for another socket when a request stays without an answer, and repeats the request there', async () => {
    let asked = 0;
    server.handlers.set('transport:connect', () => {
      asked += 1;
      return asked > 1 ? ok({}) : new Promise(() => {});
    });
    const { transportId, dtlsParameters } = transportParameters();
    await expect(
      session.requestUntilDone('transport:connect', { transportId, dtlsParameters }, () => true),
    ).resolves.toEqual({});
    expect(events).toEqual(['joined', 'lost', 'resumed']);
  });

  test('comes back within moments from a service that is away for seconds', async () => {
    let refusals = 0;
    server.handlers.set('room:resume', () => {
      refusals += 1;
      return refusals < 8 ? refused('unavailable') : ok({ snapshot: snap(), mediaKept: true });
    });
    const before = performance.now();
    server.cut();
    await resumed();
    // With doubling pauses, the eighth attempt would come after more than ten seconds.
    expect(performance.now() - before).toBeLessThan(8 * 300 + 2_000);
  });
});
