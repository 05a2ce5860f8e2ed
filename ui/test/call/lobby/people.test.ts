import { describe, expect, jest, test } from '@jest/globals';
import { LOBBY_IDLE_MS } from '../../../src/call/lobby/lobby.ts';
import { LobbyRig } from '../../support/lobby-rig.ts';
import { ok, refused } from '../../support/signaling-server.ts';
import { waitFor } from '../../support/wait-for.ts';

const on = LobbyRig.use();
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('who is in the call, in the lobby', () => {
  const people = () => on.lobby.getState().people;
  const answer = (count: number, names: string[]) =>
    on.server.signaling.handlers.set('lobby:watch', () => ok({ count, names }));
  const notify = (now: unknown) => on.server.signaling.notify('lobby:changed', { people: now });
  const watch = async () => {
    on.lobby.want('Ann');
    await waitFor('the people', () => people() !== null);
  };

  test('is known with the place, and changes as the server says', async () => {
    answer(1, ['Ada']);
    expect(people()).toBeNull();
    await watch();
    expect(people()).toEqual({ count: 1, names: ['Ada'] });
    notify({ count: 2, names: ['Ada', 'Bob'] });
    await waitFor('the change', () => people()?.count === 2);
    expect(people()).toEqual({ count: 2, names: ['Ada', 'Bob'] });
  });

  test('has no names any more when the server says that the person may not know', async () => {
    answer(3, ['Ada']);
    await watch();
    notify(null);
    await waitFor('the end of the names', () => people()?.names.length === 0);
    expect(people()).toEqual({ count: 3, names: [] });
  });

  test('has no names any more when the place is given up or lost', async () => {
    answer(3, ['Ada']);
    await watch();
    on.lobby.giveUp();
    expect(people()).toEqual({ count: 3, names: [] });
    await on.isClosed();
    on.lobby.want('Ann');
    await waitFor('the names', () => people()?.names.length === 1);
    on.server.signaling.cut();
    await waitFor('the end of the names', () => people()?.names.length === 0);
  });

  test('keeps its names while a place that is too old is replaced, and not for longer', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
    answer(3, ['Ada']);
    on.lobby.want('Ann');
    while (people() === null) await turn();
    on.lobby.renew();
    jest.advanceTimersByTime(LOBBY_IDLE_MS - 1);
    expect(people()?.names).toEqual(['Ada']);
    jest.advanceTimersByTime(1);
    expect(people()).toEqual({ count: 3, names: [] });
  });

  test('is not known from a server of an older version, and the place is good all the same', async () => {
    on.server.signaling.handlers.set('lobby:watch', () => refused('invalid_request'));
    on.lobby.want('Ann');
    await waitFor('the questions', () => on.server.signaling.requests.length === 2);
    const call = on.makeCall(on.lobby.take(), 'Ann');
    await call.join();
    await waitFor('the call', () => call.getState().phase === 'joined');
    expect(on.server.signaling.sockets).toHaveLength(1);
    expect(people()).toBeNull();
  });

  test('ends the place if the door would not let the person in', async () => {
    on.server.signaling.handlers.set('lobby:watch', () => refused('room_full'));
    on.lobby.want('Ann');
    await waitFor('the refusal', () => on.lobby.getState().refusal?.code === 'room_full');
    await on.isClosed();
  });
});
