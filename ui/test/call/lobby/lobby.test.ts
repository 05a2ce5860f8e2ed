import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { LOBBY_AGE_MS, LOBBY_IDLE_MS, LOBBY_PAUSE_MS } from '../../../src/call/lobby/lobby.ts';
import { Transports } from '../../../src/call/media/transports.ts';
import { LISTENER } from '../../support/choices.ts';
import { LobbyRig } from '../../support/lobby-rig.ts';
import { transportParameters } from '../../support/media.ts';
import { peer, producer } from '../../support/records.ts';
import { ok, refused } from '../../support/signaling-server.ts';
import { waitFor } from '../../support/wait-for.ts';

const on = LobbyRig.use();

let asked: Record<string, unknown>[] = [];

describe('a place in the lobby', () => {
  beforeEach(() => {
    asked = [];
    const join = on.server.signaling.handlers.get('room:join')!;
    on.server.signaling.handlers.set('room:join', (input, socket) => {
      asked.push(input as Record<string, unknown>);
      return join(input, socket);
    });
  });

  test('is a token and an open socket, and receives nothing while nobody sends', async () => {
    on.lobby.want('Ann');
    on.lobby.want('Anna');
    await on.isOpen();
    await waitFor('the questions', () => on.server.signaling.requests.length === 2);
    expect([on.server.signaling.restCount, on.server.signaling.requests]).toEqual([
      1,
      ['lobby:open', 'lobby:watch'],
    ]);
  });

  test('makes the join one request, under the name that the person has then', async () => {
    on.lobby.want('An');
    await on.isOpen();
    const call = on.makeCall(on.lobby.take(), 'Ann');
    await call.join();
    await waitFor('the call', () => call.getState().phase === 'joined');
    expect(on.server.signaling.restCount).toBe(1);
    expect(on.server.signaling.sockets).toHaveLength(1);
    expect(asked).toMatchObject([{ displayName: 'Ann' }]);
  });

  test('asks for no other name than the one in its token if that is still right', async () => {
    on.lobby.want(LISTENER.displayName);
    const call = on.makeCall(on.lobby.take());
    await call.join();
    expect(asked[0]).not.toHaveProperty('displayName');
  });

  test('gives the call its trace, so that one join has one', async () => {
    on.lobby.want('Ann');
    const prepared = on.lobby.take();
    const call = on.makeCall(prepared);
    await call.join();
    expect(call.getState().traceId).toBe(prepared?.place.traceId);
  });

  test('ends with a call that is closed before it has joined', async () => {
    on.lobby.want('Ann');
    await on.isOpen();
    on.makeCall(on.lobby.take()).close();
    await on.isClosed();
  });

  test('is given up after a while without a sign of the person', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    on.lobby.want('Ann');
    jest.advanceTimersByTime(LOBBY_IDLE_MS - 1);
    on.lobby.touch();
    jest.advanceTimersByTime(LOBBY_AGE_MS - LOBBY_IDLE_MS);
    const kept = on.lobby.take();
    expect(kept).not.toBeNull();
    kept?.close();
    on.lobby.giveUp();
    on.lobby.want('Ann');
    jest.advanceTimersByTime(LOBBY_IDLE_MS);
    expect(on.lobby.take()).toBeNull();
  });

  test('that the server ends is none any more, and the call joins by itself', async () => {
    on.lobby.want('Ann');
    await on.isOpen();
    on.server.signaling.cut();
    await on.isClosed();
    await waitFor('the loss', () => on.lobby.take() === null);
    const call = on.makeCall(on.lobby.take());
    await call.join();
    expect(call.getState().phase).not.toBe('failed');
    expect(on.server.signaling.restCount).toBe(2);
  });

  test('is not used by somebody who is in the room with another device: they are asked first', async () => {
    const body = { token: 'token', peerId: 'me', expiresAt: 1, traceId: 'ab'.repeat(16), elsewhere: true };
    on.server.signaling.rest = () => ({ status: 200, body });
    on.lobby.want('Ann');
    const call = on.makeCall(on.lobby.take());
    void call.join();
    await waitFor('the question', () => call.getState().phase === 'elsewhere');
    expect(asked).toEqual([]);
  });

  test('asks for another token if signaling of an older version does not know names in a join', async () => {
    const join = on.server.signaling.handlers.get('room:join')!;
    on.server.signaling.handlers.set('room:join', (input, socket) =>
      'displayName' in (input as object) ? refused('invalid_request') : join(input, socket),
    );
    on.lobby.want('A');
    await on.isOpen();
    const call = on.makeCall(on.lobby.take(), 'Ann');
    await call.join();
    expect(on.server.signaling.restBodies.map((sent) => JSON.parse(sent) as object)).toEqual([
      { displayName: 'A' },
      { displayName: 'Ann' },
    ]);
    expect(asked).toHaveLength(1);
    await waitFor('the end of the first socket', () => on.open === 1);
  });

  test('is not used under another name by somebody whom a host admits', async () => {
    const body = { token: 'token', peerId: 'me', expiresAt: 1, traceId: 'ab'.repeat(16), waits: true };
    on.server.signaling.rest = () => ({ status: 200, body });
    on.server.signaling.handlers.set('room:knock', () => ok({ status: 'waiting' }));
    on.lobby.want('An');
    const call = on.makeCall(on.lobby.take(), 'Ann');
    await call.join();
    expect(on.server.signaling.restBodies.map((sent) => JSON.parse(sent) as object)).toEqual([
      { displayName: 'An' },
      { displayName: 'Ann' },
    ]);
  });
});

describe('the receiving transport of a place', () => {
  const transports = () => ({ send: transportParameters(), receive: transportParameters() });
  const requests = (name: string) => on.server.signaling.requests.filter((asked) => asked === name).length;
  /** Resolves with the answer to `lobby:open` when the transport connects. */
  const connect = async () => {
    const media = { transports: transports(), iceServers: [] };
    on.server.signaling.handlers.set('lobby:open', () => ok({ media }));
    on.server.signaling.handlers.set('lobby:connect', () => ok({}));
    on.lobby.want('Ann');
    await waitFor('the connection', () => requests('lobby:connect') === 1);
    return media.transports;
  };

  beforeEach(() => {
    on.server.brings = true;
    on.server.media.peers = [peer('ann', { producers: [producer('ann-cam', 'camera')] })];
  });

  test('is connected before Join, and receives what the reply brings', async () => {
    on.server.transports = await connect();
    const call = on.makeCall(on.lobby.take());
    await call.join();
    await waitFor('the layers', () => on.server.media.count('consumer:set-layers') === 1);
    await waitFor('the call', () => call.getState().phase === 'joined');
    expect(requests('transport:connect')).toBe(0);
  });

  test('connects as that of the call if the join is quicker than the request of the lobby', async () => {
    const media = { transports: transports(), iceServers: [] };
    on.server.transports = media.transports;
    const answer = Promise.withResolvers<unknown>();
    on.server.signaling.handlers.set('lobby:open', () => ok({ media }));
    on.server.signaling.handlers.set('lobby:connect', () => answer.promise);
    on.lobby.want('Ann');
    await waitFor('the request of the lobby', () => requests('lobby:connect') === 1);
    const call = on.makeCall(on.lobby.take());
    await call.join();
    answer.resolve(refused('already_joined'));
    await waitFor('the request of the call', () => requests('transport:connect') === 1);
    expect(requests('media:reopen')).toBe(0);
  });

  test('connects as that of the call if the request of the lobby fails while the join is under way', async () => {
    const media = { transports: transports(), iceServers: [] };
    on.server.transports = media.transports;
    const answer = Promise.withResolvers<unknown>();
    on.server.signaling.handlers.set('lobby:open', () => ok({ media }));
    on.server.signaling.handlers.set('lobby:connect', () => answer.promise);
    const join = on.server.signaling.handlers.get('room:join')!;
    const joined = Promise.withResolvers<void>();
    on.server.signaling.handlers.set('room:join', async (input, socket) => {
      await joined.promise;
      return join(input, socket);
    });
    on.lobby.want('Ann');
    await waitFor('the request of the lobby', () => requests('lobby:connect') === 1);
    const call = on.makeCall(on.lobby.take());
    const joining = call.join();
    await waitFor('the join', () => requests('room:join') === 1);
    answer.resolve(refused('media_unavailable'));
    // Its answer is on the wire before that of the join.
    joined.resolve();
    await joining;
    await waitFor('the request of the call', () => requests('transport:connect') === 1);
    expect(requests('media:reopen')).toBe(0);
  });

  test('ends the place if this browser cannot set it up, and the call joins by itself', async () => {
    const consume = jest.spyOn(Transports.prototype, 'consume').mockRejectedValue(new Error('refused'));
    const close = jest.spyOn(Transports.prototype, 'close');
    const media = { transports: transports(), iceServers: [] };
    on.server.signaling.handlers.set('lobby:open', () => ok({ media }));
    on.lobby.want('Ann');
    await waitFor('the question', () => requests('lobby:open') === 1);
    await on.isClosed();
    expect(close).toHaveBeenCalledTimes(1);
    consume.mockRestore();
    close.mockRestore();
    const call = on.makeCall(on.lobby.take());
    await call.join();
    await waitFor('the request of the call', () => requests('transport:connect') === 1);
  });

  test('is the only one of somebody whose role may send nothing, from the lobby on', async () => {
    const media = { transports: { receive: transportParameters() }, iceServers: [] };
    const said: unknown[] = [];
    on.server.self = { role: 'viewer' };
    on.server.transports = media.transports;
    on.server.signaling.handlers.set('lobby:connect', () => ok({}));
    on.server.signaling.handlers.set('lobby:open', (input) => {
      said.push((input as { asksToSend?: unknown }).asksToSend);
      return ok({ media });
    });
    on.lobby.want('Ann');
    await waitFor('the connection', () => requests('lobby:connect') === 1);
    const call = on.makeCall(on.lobby.take());
    const close = jest.spyOn(Transports.prototype, 'close');
    await call.join();
    await waitFor('the call', () => call.getState().phase === 'joined');
    expect([said, close.mock.calls.length, requests('transport:connect')]).toEqual([[true], 0, 0]);
    close.mockRestore();
  });

  test('is closed if the join is answered with another one', async () => {
    await connect();
    const prepared = on.lobby.take()!;
    const call = on.makeCall(prepared);
    const close = jest.spyOn(Transports.prototype, 'close');
    await call.join();
    await waitFor('the other one', () => requests('transport:connect') === 1);
    expect(close).toHaveBeenCalledTimes(1);
    close.mockRestore();
  });

  test('is closed with the place', async () => {
    await connect();
    const close = jest.spyOn(Transports.prototype, 'close');
    on.lobby.giveUp();
    on.lobby.giveUp();
    expect(close).toHaveBeenCalledTimes(1);
    close.mockRestore();
    await on.isClosed();
  });

  test('is closed with a call that does not come into the room', async () => {
    await connect();
    on.server.signaling.handlers.set('room:join', () => refused('room_locked'));
    const call = on.makeCall(on.lobby.take());
    const close = jest.spyOn(Transports.prototype, 'close');
    await call.join();
    await waitFor('the failure', () => call.getState().phase === 'failed');
    expect(close).toHaveBeenCalledTimes(1);
    close.mockRestore();
    await on.isClosed();
  });

  test.each([
    ['room_locked', 0],
    ['at_capacity', 1],
    ['invalid_request', 1],
  ])('that is refused with %s ends the place only if nobody may come in', async (code, left) => {
    on.server.signaling.handlers.set('lobby:open', () => refused(code));
    on.lobby.want('Ann');
    await waitFor('the question', () => requests('lobby:open') === 1);
    await waitFor('the outcome', () => on.open === left);
    expect(on.lobby.getState().refusal?.code).toBe(left === 0 ? code : undefined);
  });
});

describe('the door', () => {
  const refusal = () => on.lobby.getState().refusal?.code;
  const refuse = (code: string) => {
    on.server.signaling.rest = () => ({ status: 403, body: { error: { code, message: 'No.' } } });
  };

  test('says before Join that the person cannot come in, until it lets them', async () => {
    refuse('room_locked');
    on.lobby.want('Ann');
    await waitFor('the refusal', () => refusal() === 'room_locked');
    expect(on.lobby.take()).toBeNull();
    on.lobby.giveUp();
    expect(refusal()).toBeUndefined();
    on.server.allowJoin();
    on.lobby.want('Ann');
    await on.isOpen();
    expect(refusal()).toBeUndefined();
  });

  test('is not asked again at once after a failure', async () => {
    refuse('room_full');
    on.lobby.want('Ann');
    await waitFor('the refusal', () => refusal() === 'room_full');
    on.lobby.want('Ann');
    expect(on.server.signaling.restCount).toBe(1);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + LOBBY_PAUSE_MS);
    on.lobby.want('Ann');
    await waitFor('the second question', () => on.server.signaling.restCount === 2);
    jest.restoreAllMocks();
  });

  test('says nothing of what is no answer of the room', async () => {
    refuse('unavailable');
    on.lobby.want('Ann');
    await waitFor('the failure', () => on.lobby.take() === null);
    expect(refusal()).toBeUndefined();
  });
});
