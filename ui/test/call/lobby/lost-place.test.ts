import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Socket } from 'socket.io';
import { LOBBY_AGE_MS } from '../../../src/call/lobby/lobby.ts';
import { SignalingConnection } from '../../../src/call/signaling/signaling-connection.ts';
import { LobbyRig } from '../../support/lobby-rig.ts';
import { refused } from '../../support/signaling-server.ts';
import { waitFor } from '../../support/wait-for.ts';

const on = LobbyRig.use();
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a place that has ended while the person is there', () => {
  let stop: () => void;
  const event = (name: string) => globalThis.window.dispatchEvent(new Event(name));
  const sockets = () => on.server.signaling.sockets.length;
  const isReplaced = async () => {
    await on.isClosed();
    expect([on.lobby.getState().refusal, sockets()]).toEqual([null, 1]);
    event('pointermove');
    await on.isOpen();
    expect(sockets()).toBe(2);
  };

  beforeEach(() => {
    stop = on.lobby.watch();
  });

  afterEach(() => stop());

  test('is replaced when another network was found', async () => {
    on.lobby.want('Ann');
    await on.isOpen();
    event('online');
    await isReplaced();
  });

  test('is replaced when the page went on after a stop and the socket does not answer', async () => {
    on.lobby.want('Ann');
    await waitFor('the question', () => on.server.signaling.requests.length > 0);
    event('resume');
    await isReplaced();
  });

  test('is kept when the page went on after a stop and the socket answers', async () => {
    on.server.signaling.handlers.set('room:ping', () => refused('not_joined'));
    on.lobby.want('Ann');
    await waitFor('the questions', () => on.server.signaling.requests.length === 2);
    await on.lobby.check();
    expect(on.open).toBe(1);
    expect(on.server.signaling.requests).toEqual(['lobby:open', 'lobby:watch', 'room:ping']);
  });

  test('is replaced before the server ends it, however present the person is', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    on.lobby.want('Ann');
    while (on.open === 0) await turn();
    for (let at = 0; at < LOBBY_AGE_MS - 1; at += 10_000) {
      event('pointermove');
      jest.advanceTimersByTime(Math.min(10_000, LOBBY_AGE_MS - 1 - at));
    }
    expect(on.open).toBe(1);
    event('pointermove');
    jest.advanceTimersByTime(1);
    jest.useRealTimers();
    await isReplaced();
  });

  test('is not replaced when the page went away', async () => {
    on.lobby.want('Ann');
    await on.isOpen();
    event('pagehide');
    await on.isClosed();
    event('pointermove');
    expect(on.lobby.take()).toBeNull();
  });

  test('is not replaced when nobody watches the page any more', async () => {
    on.lobby.want('Ann');
    await on.isOpen();
    stop();
    await on.isClosed();
    event('pointermove');
    expect(on.lobby.take()).toBeNull();
  });
});

test('a page whose call has begun takes no other place until it gives the lobby up', async () => {
  on.lobby.want('Ann');
  await on.isOpen();
  const call = on.makeCall(on.lobby.take());
  on.lobby.want('Ann');
  on.lobby.touch();
  await call.join();
  expect([on.server.signaling.restCount, on.server.signaling.sockets.length]).toEqual([1, 1]);
  on.lobby.giveUp();
  on.lobby.want('Ann');
  await waitFor('the next place', () => on.open === 2);
});

describe('a join from a place', () => {
  const tokens = () => on.server.signaling.auths.map((auth) => (auth as { token: string }).token);
  let joins: Socket[];

  beforeEach(() => {
    joins = [];
    let made = 0;
    on.server.signaling.rest = () => {
      made += 1;
      const body = { token: `token-${made}`, peerId: 'me', expiresAt: 1, traceId: 'ab'.repeat(16) };
      return { status: 200, body };
    };
    const join = on.server.signaling.handlers.get('room:join')!;
    // The first socket gets no answer.
    on.server.signaling.handlers.set('room:join', (input, socket) => {
      joins.push(socket);
      return socket === joins[0] ? undefined : join(input, socket);
    });
  });

  test('whose socket died without a word is repeated on another one as the same peer', async () => {
    on.lobby.want('An');
    await on.isOpen();
    const call = on.makeCall(on.lobby.take(), 'Ann');
    await call.join();
    await waitFor('the call', () => call.getState().phase === 'joined');
    expect(tokens()).toEqual(['token-1', 'token-1']);
    expect(joins).toHaveLength(2);
    await waitFor('the end of the first socket', () => on.open === 1);
  });

  test('has its time if the socket answers a ping, and is repeated if it is not answered then', async () => {
    on.server.signaling.handlers.set('room:ping', () => refused('not_joined'));
    const answers = jest.spyOn(SignalingConnection.prototype, 'answers');
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    on.lobby.want('Ann');
    while (on.open === 0) await turn();
    const call = on.makeCall(on.lobby.take(), 'Ann');
    const joined = call.join();
    while (joins.length === 0) await turn();
    expect(await answers.mock.results[0]?.value).toBe(true);
    await jest.advanceTimersByTimeAsync(9_000);
    for (let turns = 0; turns < 50; turns += 1) await turn();
    expect(on.open).toBe(1);
    expect(on.server.signaling.sockets).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1_000);
    jest.useRealTimers();
    answers.mockRestore();
    await joined;
    expect(tokens()).toEqual(['token-1', 'token-1']);
  });
});
