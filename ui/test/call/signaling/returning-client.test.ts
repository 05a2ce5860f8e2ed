import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { silentLog } from '../../../src/call/base/log.ts';
import { RestClient } from '../../../src/call/base/rest-client.ts';
import { SignalingClient } from '../../../src/call/signaling/signaling-client.ts';
import { CallServer } from '../../support/call-server.ts';
import { ROOM_CODE } from '../../support/records.ts';
import { ok, refused } from '../../support/signaling-server.ts';
import { settle, waitFor } from '../../support/wait-for.ts';

const LEFT = 'x'.repeat(40);

let server: CallServer;
let client: SignalingClient;
let events: string[];
let secrets: string[];

beforeEach(async () => {
  server = await CallServer.start();
  events = [];
  secrets = [];
});

afterEach(async () => {
  client.close();
  await server.stop();
});

/** @param resumeSecret What the page before this one has left. */
function makeClient(resumeSecret: string | null): SignalingClient {
  client = new SignalingClient({
    origin: server.origin,
    rest: new RestClient({ origin: server.origin, traceId: () => null }),
    roomCode: ROOM_CODE,
    traceId: () => null,
    resumeSecret,
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
    onSecret: (secret) => secrets.push(secret),
    onJoined: () => events.push('joined'),
    onResumed: () => events.push('resumed'),
    onLost: () => events.push('lost'),
    onNotification: () => {},
    onFailed: () => events.push('failed'),
    log: silentLog,
  });
  return client;
}

describe('a page that was loaded again', () => {
  test('goes on as the same peer, without a token', async () => {
    await makeClient(LEFT).join();
    expect(events).toEqual(['resumed']);
    expect(server.signaling.auths).toEqual([{ resumeSecret: LEFT }]);
    expect(server.signaling.restCount).toBe(0);
    expect(secrets).toHaveLength(1);
  });

  test('does not join as another peer if that one is gone', async () => {
    server.signaling.handlers.set('room:resume', () => refused('resume_rejected'));
    await expect(makeClient(LEFT).join()).rejects.toMatchObject({ code: 'resume_rejected' });
    expect([server.signaling.restCount, server.joins, events]).toEqual([0, 0, []]);
  });

  test('tries again while the server is only away', async () => {
    const usual = server.signaling.handlers.get('room:resume')!;
    server.signaling.handlers.set('room:resume', () => {
      server.signaling.handlers.set('room:resume', usual);
      return refused('unavailable');
    });
    await makeClient(LEFT).join();
    expect(events).toEqual(['resumed']);
  });
});

test('a client reports each new secret', async () => {
  await makeClient(null).join();
  server.signaling.cut();
  await waitFor('the resume', () => events.includes('resumed'));
  expect(secrets).toHaveLength(2);
});

test('a page that goes away says so over its socket and by a request, and does not leave', async () => {
  server.signaling.handlers.set('room:suspend', () => ok({}));
  await makeClient(null).join();
  client.suspend();
  client.suspend();
  client.leave();
  await waitFor('the request', () => server.signaling.requests.includes('room:suspend'));
  await waitFor('no socket', () => server.signaling.connected.length === 0);
  expect(server.signaling.requests).not.toContain('room:leave');
  expect(events).toEqual(['joined']);
  await waitFor('the goodbye', () => server.goodbyes.length > 0);
  expect(server.goodbyes).toEqual([{ resumeSecret: secrets[0], verb: 'room:suspend' }]);
});

test('a page that leaves says so over its socket and by a request', async () => {
  await makeClient(null).join();
  client.leave();
  await waitFor('the leave', () => server.signaling.requests.includes('room:leave'));
  await waitFor('the goodbye', () => server.goodbyes.length > 0);
  expect(server.goodbyes).toEqual([{ resumeSecret: secrets[0], verb: 'room:leave' }]);
});

test.each(['suspend', 'leave'] as const)('a page without a socket still says %s', async (how) => {
  await makeClient(null).join();
  server.signaling.refuseWith = { code: 'unavailable', message: 'No.' };
  server.signaling.cut();
  await waitFor('the loss', () => events.includes('lost'));
  client[how]();
  await waitFor('the goodbye', () => server.goodbyes.length > 0);
  expect(server.goodbyes).toEqual([{ resumeSecret: secrets[0], verb: `room:${how}` }]);
});

test('a page that was never in the room says nothing', async () => {
  server.signaling.handlers.set('room:join', () => refused('room_full'));
  await expect(makeClient(null).join()).rejects.toMatchObject({ code: 'room_full' });
  client.leave();
  await settle();
  expect(server.goodbyes).toEqual([]);
});

test('a page in a browser whose requests end with it sends a beacon', async () => {
  const keepalive = Object.getOwnPropertyDescriptor(Request.prototype, 'keepalive') as PropertyDescriptor;
  const beacons: [string, Blob][] = [];
  Object.assign(navigator, { sendBeacon: (url: string, body: Blob) => beacons.push([url, body]) });
  Reflect.deleteProperty(Request.prototype, 'keepalive');
  try {
    await makeClient(null).join();
    client.suspend();
    const [[url, body] = []] = beacons;
    expect([url, body?.type]).toEqual([
      `${server.origin}/api/rooms/${ROOM_CODE}/goodbye`,
      'application/json',
    ]);
    expect(JSON.parse((await body?.text()) ?? '')).toEqual({
      resumeSecret: secrets[0],
      verb: 'room:suspend',
    });
    expect(beacons).toHaveLength(1);
    expect(server.goodbyes).toEqual([]);
  } finally {
    Object.defineProperty(Request.prototype, 'keepalive', keepalive);
    Reflect.deleteProperty(navigator, 'sendBeacon');
  }
});
