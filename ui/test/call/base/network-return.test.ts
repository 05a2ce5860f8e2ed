import { afterEach, expect, test } from '@jest/globals';
import { CallFailure } from '../../../src/call/base/call-failure.ts';
import { awaitNetwork, isOfTheServer } from '../../../src/call/base/network-return.ts';
import { waitFor } from '../../support/wait-for.ts';

let answer: () => Promise<unknown>;
let asked = 0;
let returned = 0;
let end: () => void = () => {};

afterEach(() => end());

function begin(everyMs: number, isAway?: typeof isOfTheServer): EventTarget {
  asked = 0;
  returned = 0;
  const signs = new EventTarget();
  const ask = () => {
    asked += 1;
    return answer();
  };
  end = awaitNetwork({ ask, onReturned: () => (returned += 1), signs, everyMs, ...(isAway && { isAway }) });
  return signs;
}

const refuse = (code: 'network_unreachable' | 'network_sign_in' | 'timeout') => () =>
  Promise.reject(new CallFailure(code));
const NEVER_MS = 1_000_000;

test.each(['network_unreachable', 'network_sign_in', 'timeout'] as const)(
  'while requests end with %s the wait goes on, and it ends once when the server answers',
  async (code) => {
    answer = refuse(code);
    begin(5);
    await waitFor('some requests', () => asked > 3);
    expect(returned).toBe(0);
    answer = () => Promise.resolve();
    await waitFor('the end of the wait', () => returned === 1);
    const askedUntilThen = asked;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect([asked, returned]).toEqual([askedUntilThen, 1]);
  },
);

test.each(['online', 'focus'])('the event %s asks at once', async (sign) => {
  answer = () => Promise.resolve();
  begin(NEVER_MS).dispatchEvent(new Event(sign));
  await waitFor('the end of the wait', () => returned === 1);
  expect(asked).toBe(1);
});

test('an answer of the server that refuses is an answer', async () => {
  answer = () => Promise.reject(new CallFailure('unavailable'));
  begin(NEVER_MS).dispatchEvent(new Event('online'));
  await waitFor('the end of the wait', () => returned === 1);
});

test('a wait for a part of the server goes on while that part is away', async () => {
  answer = () => Promise.reject(new CallFailure('unavailable'));
  begin(5, isOfTheServer);
  await waitFor('some requests', () => asked > 3);
  expect(returned).toBe(0);
  answer = () => Promise.reject(new CallFailure('room_not_found'));
  await waitFor('the end of the wait', () => returned === 1);
});

test('a wait that was ended reports nothing, also not the answer that was on its way', async () => {
  const answered = Promise.withResolvers<void>();
  answer = () => answered.promise;
  begin(NEVER_MS).dispatchEvent(new Event('online'));
  end();
  answered.resolve();
  await answered.promise;
  await new Promise((resolve) => setImmediate(resolve));
  expect(returned).toBe(0);
});
