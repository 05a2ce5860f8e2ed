import type { Snapshot } from '@parley/proto/requests';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CallFailure } from '../../../src/call/base/call-failure.ts';
import { silentLog } from '../../../src/call/base/log.ts';
import { RestClient } from '../../../src/call/base/rest-client.ts';
import { SignalingClient } from '../../../src/call/signaling/signaling-client.ts';
import { transportParameters } from '../../support/media.ts';
import { peer, ROOM_CODE, snapshot } from '../../support/records.ts';
import { ok, refused, SignalingServer } from '../../support/signaling-server.ts';
import { waitFor } from '../../support/wait-for.ts';

const TRACE = 'ab'.repeat(16);

let server: SignalingServer;
let session: SignalingClient;
let events: string[];
let failure: CallFailure | null;
let joins: number;
let displayName: string;
let passcode: string | null;

beforeEach(async () => {
  server = await SignalingServer.start();
  events = [];
  failure = null;
  joins = 0;
  displayName = 'Ann';
  passcode = null;
  server.rest = () => ({
    status: 200,
    body: { token: `token-${server.restCount}`, peerId: 'me', expiresAt: 1, traceId: TRACE },
  });
  server.handlers.set('room:join', () => {
    joins += 1;
    return ok({
      snapshot: snap(`me${joins}`),
      transports: { send: transportParameters(), receive: transportParameters() },
    });
  });
  server.handlers.set('room:resume', () => ok({ snapshot: snap(`me${joins}`), mediaKept: true }));
  session = makeSession();
});

afterEach(async () => {
  session.close();
  await server.stop();
});

function snap(me: string): Snapshot {
  return snapshot(peer(me), [], { resumeSecret: `secret-of-${me}-${'x'.repeat(40)}` });
}

function makeSession(): SignalingClient {
  return new SignalingClient({
    origin: server.origin,
    rest: new RestClient({ origin: server.origin, traceId: () => null }),
    roomCode: ROOM_CODE,
    traceId: () => null,
    resumeSecret: null,
    onSecret: () => {},
    displayName: () => displayName,
    rtpCapabilities: async () => ({ codecs: [], headerExtensions: [] }),
    onAdmitted: () => {},
    passcode: () => passcode,
    firstPictures: () => 9,
    regionTimes: () => [],
    place: null,
    onWaiting: () => events.push('waiting'),
    onWaitingLost: () => events.push('waiting lost'),
    onElsewhere: () => events.push('elsewhere'),
    onJoined: (reply) => events.push(`joined ${reply.snapshot.self.peerId}`),
    onResumed: (_, mediaKept) => events.push(`resumed ${mediaKept ? 'with' : 'without'} media`),
    onLost: () => events.push('lost'),
    onNotification: (event) => events.push(event.name),
    onFailed: (reason) => {
      failure = reason;
      events.push(`failed ${reason.code}`);
    },
    log: silentLog,
  });
}

const happened = (event: string) => waitFor(event, () => events.includes(event));

describe('a session', () => {
  test('joins with a token of its own', async () => {
    await session.join();
    expect(events).toEqual(['joined me1']);
    expect(server.auths).toEqual([{ token: 'token-1' }]);
  });

  test('rejects a refused first join with the error of the server, and does not try again', async () => {
    server.rest = () => ({ status: 404, body: { error: { code: 'room_not_found', message: 'No.' } } });
    await expect(session.join()).rejects.toMatchObject({ code: 'room_not_found' });
    server.rest = () => ({ status: 200, body: { token: 't', peerId: 'me', expiresAt: 1, traceId: TRACE } });
    server.handlers.set('room:join', () => refused('room_full'));
    await expect(session.join()).rejects.toMatchObject({ code: 'room_full' });
    expect(events).toEqual([]);
    expect(server.restCount).toBe(2);
  });

  test('waits before the door until a host admits the person, and joins then', async () => {
    const join = server.handlers.get('room:join')!;
    server.handlers.set('room:join', () => refused('not_admitted'));
    server.handlers.set('room:knock', () => ({ ok: true, data: { status: 'waiting' } }));
    const joined = session.join();
    await happened('waiting');
    server.handlers.set('room:join', join);
    server.notify('door:admitted', {});
    await joined;
    expect(events).toEqual(['waiting', 'joined me1']);
  });

  test('joins at once if a host has admitted the person meanwhile', async () => {
    const join = server.handlers.get('room:join')!;
    server.handlers.set('room:join', () => refused('not_admitted'));
    server.handlers.set('room:knock', () => {
      server.handlers.set('room:join', join);
      return { ok: true, data: { status: 'admitted' } };
    });
    await session.join();
    expect(events).toEqual(['joined me1']);
  });

  test.each([
    [false, 'denied'],
    [true, 'banned'],
  ])('says that a host has not admitted the person (blocked: %s)', async (blocked, code) => {
    server.handlers.set('room:join', () => refused('not_admitted'));
    server.handlers.set('room:knock', () => ({ ok: true, data: { status: 'waiting' } }));
    const joined = session.join();
    await happened('waiting');
    server.notify('door:denied', { blocked });
    await expect(joined).rejects.toMatchObject({ code });
  });

  test('keeps waiting while the socket is lost, and says so', async () => {
    const join = server.handlers.get('room:join')!;
    server.handlers.set('room:join', () => refused('not_admitted'));
    server.handlers.set('room:knock', () => ({ ok: true, data: { status: 'waiting' } }));
    const joined = session.join();
    await happened('waiting');
    server.cut();
    await happened('waiting lost');
    await waitFor('another knock', () => events.filter((event) => event === 'waiting').length === 2);
    server.handlers.set('room:join', join);
    server.notify('door:admitted', {});
    await joined;
    expect(events).toEqual(['waiting', 'waiting lost', 'waiting', 'joined me1']);
  });

  test('gives the passcode with the request for a token', async () => {
    passcode = 'sesame';
    await session.join();
    expect(server.restBodies).toEqual([JSON.stringify({ displayName: 'Ann', passcode })]);
  });

  describe('of somebody who is in the room with another device', () => {
    beforeEach(() => {
      server.rest = () => ({
        status: 200,
        body: {
          token: `token-${server.restCount}`,
          peerId: 'me',
          expiresAt: 1,
          traceId: TRACE,
          elsewhere: true,
        },
      });
    });

    test('joins when the person has chosen so, with a new token, and asks once', async () => {
      const joined = session.join();
      await happened('elsewhere');
      expect(server.auths).toEqual([]);
      session.goOn();
      await joined;
      expect(events).toEqual(['elsewhere', 'joined me1']);
      expect(server.auths).toEqual([{ token: 'token-2' }]);
    });

    test('ends while the person is asked', async () => {
      const joined = session.join();
      await happened('elsewhere');
      session.close();
      await expect(joined).rejects.toMatchObject({ code: 'closed' });
      expect(server.restCount).toBe(1);
    });

    test('does not ask when it joins anew later: the peer that is there is its own old one', async () => {
      const joined = session.join();
      await happened('elsewhere');
      session.goOn();
      await joined;
      server.handlers.set('room:resume', () => refused('resume_rejected'));
      server.cut();
      await happened('joined me2');
      expect(events.filter((event) => event === 'elsewhere')).toHaveLength(1);
    });
  });

  test('tries the first join again while the server is only away', async () => {
    const usual = server.rest;
    server.rest = () => {
      server.rest = usual;
      server.refuseWith = { code: 'unavailable', message: 'Stopping.' };
      return { status: 503, body: { error: { code: 'unavailable', message: 'Starting.' } } };
    };
    const joined = session.join();
    await waitFor('both refusals', () => server.auths.length > 0);
    server.refuseWith = null;
    await joined;
    expect(events).toEqual(['joined me1']);
  });

  test('gives up the first join after some time', async () => {
    server.refuseWith = { code: 'unavailable', message: 'Stopping.' };
    await expect(session.join()).rejects.toMatchObject({ code: 'unavailable' });
    expect(server.restCount).toBeGreaterThan(2);
  }, 30_000);

  test('does not try again after a leave', async () => {
    server.refuseWith = { code: 'unavailable', message: 'Stopping.' };
    const joined = session.join();
    await waitFor('a refusal', () => server.auths.length > 0);
    session.close();
    await expect(joined).rejects.toMatchObject({ name: 'CallFailure' });
  });

  test('passes on after the snapshot the notifications that came before it', async () => {
    server.handlers.set('room:join', (_, socket) => {
      socket.emit('media:reset', { reason: 'node-lost' });
      return ok({
        snapshot: snap('me1'),
        transports: { send: transportParameters(), receive: transportParameters() },
      });
    });
    await session.join();
    await happened('media:reset');
    expect(events).toEqual(['joined me1', 'media:reset']);
  });

  test('resumes with the secret of the snapshot when the socket is lost', async () => {
    await session.join();
    server.cut();
    await happened('resumed with media');
    expect(events).toEqual(['joined me1', 'lost', 'resumed with media']);
    expect(server.auths[1]).toEqual({ resumeSecret: `secret-of-me1-${'x'.repeat(40)}` });
    expect(server.restCount).toBe(1);
  });

  test('resumes again and again', async () => {
    await session.join();
    for (let round = 1; round <= 3; round += 1) {
      server.cut();
      await waitFor('resume', () => events.filter((event) => event.startsWith('resumed')).length === round);
    }
    expect(joins).toBe(1);
  });

  test('comes back as a new peer, under its present name, when it cannot be resumed', async () => {
    await session.join();
    displayName = 'Anna';
    server.handlers.set('room:resume', () => refused('resume_rejected'));
    server.cut();
    await happened('joined me2');
    expect(server.auths.at(-1)).toEqual({ token: 'token-2' });
    expect(failure).toBeNull();
  });

  test('comes back as a new peer when the handshake refuses the secret', async () => {
    await session.join();
    const usual = server.rest;
    server.refuseWith = { code: 'resume_rejected', message: 'No.' };
    server.rest = () => {
      server.refuseWith = null;
      return usual('');
    };
    server.cut();
    await happened('joined me2');
  });

  test.each([
    'session_removed',
    'session_banned',
    'session_call_ended',
    'session_moved',
    'over_limit',
  ] as const)(
    'does not come back by itself when its peer was ended while the socket was lost: %s',
    async (code) => {
      await session.join();
      server.refuseWith = { code, message: 'No.' };
      server.cut();
      await happened(`failed ${code}`);
      expect(server.restCount).toBe(1);
    },
  );

  test('fails when it can neither resume nor join', async () => {
    await session.join();
    server.handlers.set('room:resume', () => refused('resume_rejected'));
    server.rest = () => ({ status: 404, body: { error: { code: 'room_not_found', message: 'Gone.' } } });
    server.cut();
    await happened('failed room_not_found');
    await expect(session.request('room:leave', {})).rejects.toMatchObject({ code: 'network_unreachable' });
  });

  test('fails when its place was taken meanwhile', async () => {
    await session.join();
    server.handlers.set('room:resume', () => refused('resume_rejected'));
    server.handlers.set('room:join', () => refused('room_full'));
    server.cut();
    await happened('failed room_full');
  });

  test('keeps trying while the server is only away', async () => {
    await session.join();
    let refusals = 0;
    server.handlers.set('room:resume', () => {
      refusals += 1;
      return refusals < 3 ? refused('unavailable') : ok({ snapshot: snap('me1'), mediaKept: false });
    });
    server.cut();
    await waitFor('refusal', () => refusals === 1);
    session.networkChanged();
    await happened('resumed without media');
    expect(joins).toBe(1);
  });

  test('after a change of the network, keeps a socket that answers', async () => {
    let pings = 0;
    server.handlers.set('room:ping', () => {
      pings += 1;
      return ok({});
    });
    await session.join();
    session.networkChanged();
    await waitFor('the ping', () => pings === 1);
    await session.request('room:ping', {});
    expect(events).toEqual(['joined me1']);
  });

  test('after a change of the network, replaces a socket that is open and carries nothing any more', async () => {
    // As in a proxy in between that froze its connections and passes new ones: no answer, and no close.
    await session.join();
    session.networkChanged();
    await happened('resumed with media');
    expect(events).toEqual(['joined me1', 'lost', 'resumed with media']);
    expect(server.sockets).toHaveLength(2);
  });

  test('ends when another tab took the call', async () => {
    await session.join();
    server.notify('session:ended', { reason: 'taken-over' });
    await happened('failed session_taken_over');
    expect(events).not.toContain('lost');
  });

  test('resumes, and does not join anew, when the server stops', async () => {
    await session.join();
    server.notify('session:ended', { reason: 'server-stopping' });
    server.cut();
    await happened('resumed with media');
    expect(joins).toBe(1);
    expect(events).toEqual(['joined me1', 'lost', 'resumed with media']);
  });

  test('joins anew after the server gave it up', async () => {
    await session.join();
    server.notify('session:ended', { reason: 'timed-out' });
    await waitFor('the notification', () => server.requests.length === 1);
    server.cut();
    await happened('joined me2');
    expect(server.requests).not.toContain('room:resume');
  });

  test('repeats an idempotent request over a lost socket until it is done', async () => {
    await session.join();
    let asked = 0;
    server.handlers.set('transport:connect', async () => {
      asked += 1;
      if (asked > 1) return ok({});
      server.cut();
      return new Promise(() => {});
    });
    const { transportId, dtlsParameters } = transportParameters();
    await expect(
      session.requestUntilDone('transport:connect', { transportId, dtlsParameters }, () => true),
    ).resolves.toEqual({});
    expect(asked).toBe(2);
  });

  test('does not repeat a request that is not needed any more', async () => {
    await session.join();
    let needed = true;
    server.handlers.set('transport:connect', () => {
      needed = false;
      server.cut();
      return new Promise(() => {});
    });
    const { transportId, dtlsParameters } = transportParameters();
    const asked = session.requestUntilDone(
      'transport:connect',
      { transportId, dtlsParameters },
      () => needed,
    );
    await expect(asked).rejects.toMatchObject({ code: 'network_unreachable' });
  });

  test('notifies the room when it leaves, and does not come back', async () => {
    server.handlers.set('room:leave', () => ok({}));
    await session.join();
    session.leave();
    await waitFor('the goodbye', () => server.requests.includes('room:leave'));
    await waitFor('no socket', () => server.connected.length === 0);
    expect(events).toEqual(['joined me1']);
    await expect(session.requestUntilDone('room:leave', {}, () => true)).rejects.toMatchObject({
      code: 'closed',
    });
  });
});
