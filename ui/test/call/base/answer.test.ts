import { afterEach, expect, test } from '@jest/globals';
import { awaitAnswer } from '../../../src/call/base/answer.ts';
import { CallFailure, type CallError } from '../../../src/call/base/call-failure.ts';
import { waitFor } from '../../support/wait-for.ts';

type Begun = { asked: number; answers: string[]; failures: string[]; signs: EventTarget; pauses: number[] };

let end: () => void = () => {};
afterEach(() => end());

const refusal = (code: CallError['code']) => () => Promise.reject(new CallFailure(code));
const answered = (text: string) => () => Promise.resolve(text);
const NEVER_MS = 1_000_000;

/** Asks with these outcomes, the last of them again and again. */
function begin(outcomes: readonly (() => Promise<string>)[], pauseMs = 0): Begun {
  const begun: Begun = { asked: 0, answers: [], failures: [], signs: new EventTarget(), pauses: [] };
  end = awaitAnswer({
    ask: () => {
      begun.asked += 1;
      return outcomes[Math.min(begun.asked, outcomes.length) - 1]!();
    },
    onAnswer: (answer) => begun.answers.push(answer),
    onFailure: ({ code }) => begun.failures.push(code),
    signs: begun.signs,
    pauseMs: (attempt) => {
      begun.pauses.push(attempt);
      return pauseMs;
    },
  });
  return begun;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test('an answer ends the attempts', async () => {
  const begun = begin([answered('room')]);
  await waitFor('the answer', () => begun.answers.length > 0);
  await settled();
  expect(begun).toMatchObject({ asked: 1, answers: ['room'], failures: [] });
});

test.each(['timeout', 'unavailable', 'network_unreachable', 'network_sign_in', 'internal'] as const)(
  'one %s is not worth a word, and the next attempt brings the answer',
  async (code) => {
    const begun = begin([refusal(code), answered('room')]);
    await waitFor('the answer', () => begun.answers.length > 0);
    expect(begun).toMatchObject({ asked: 2, answers: ['room'], failures: [] });
  },
);

test('a failure that goes on is reported, and the attempts go on until there is an answer', async () => {
  const begun = begin([
    refusal('timeout'),
    refusal('unavailable'),
    refusal('network_unreachable'),
    answered('room'),
  ]);
  await waitFor('the answer', () => begun.answers.length > 0);
  expect(begun.failures).toEqual(['unavailable', 'network_unreachable']);
  expect(begun.pauses).toEqual([0, 1, 2]);
});

test('a failure that another attempt would not change is reported at once, and ends the attempts', async () => {
  const begun = begin([refusal('room_not_found')]);
  await waitFor('the failure', () => begun.failures.length > 0);
  begun.signs.dispatchEvent(new Event('online'));
  await settled();
  expect(begun).toMatchObject({ asked: 1, failures: ['room_not_found'], answers: [] });
});

test.each(['online', 'focus'])('the event %s ends a pause', async (sign) => {
  const begun = begin([refusal('timeout'), answered('room')], NEVER_MS);
  await waitFor('the pause', () => begun.pauses.length > 0);
  begun.signs.dispatchEvent(new Event(sign));
  await waitFor('the answer', () => begun.answers.length > 0);
  expect(begun.asked).toBe(2);
});

test('an event during an attempt begins no second one', async () => {
  const answer = Promise.withResolvers<string>();
  const begun = begin([() => answer.promise]);
  begun.signs.dispatchEvent(new Event('online'));
  answer.resolve('room');
  await waitFor('the answer', () => begun.answers.length > 0);
  expect(begun.asked).toBe(1);
});

test('after the end in a pause nothing is asked any more', async () => {
  const begun = begin([refusal('timeout')], NEVER_MS);
  await waitFor('the pause', () => begun.pauses.length > 0);
  end();
  begun.signs.dispatchEvent(new Event('online'));
  await settled();
  expect(begun).toMatchObject({ asked: 1, answers: [], failures: [] });
});

test.each([
  ['an answer', answered('room')],
  ['a failure', refusal('room_not_found')],
])('after the end during an attempt %s is reported to nobody', async (_what, outcome) => {
  const begun = begin([outcome]);
  end();
  await settled();
  expect(begun).toMatchObject({ asked: 1, answers: [], failures: [] });
});
