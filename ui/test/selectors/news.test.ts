import { describe, expect, test } from '@jest/globals';
import { knockCount, newsCount, titleWithNews } from '../../src/selectors/news.ts';
import type { CallState } from '../../src/call/index.ts';
import { callState, chatEntry, participant } from '../support/call-state.ts';

const me = participant('me', { isSelf: true });
const ada = participant('ada');
const alone = callState({ participants: [me] });
const together = callState({ participants: [me, ada] });
const raised = { ...ada, handRaisedAt: 5 };

describe('the news for a person who looks at another page', () => {
  test.each([
    ['somebody joins', alone, together, 1],
    ['two join', alone, callState({ participants: [me, ada, participant('bob')] }), 2],
    ['somebody raises a hand', together, callState({ participants: [me, raised] }), 1],
    ['somebody writes', alone, callState({ chat: [chatEntry('hello')] }), 1],
    ['two write', alone, callState({ chat: [chatEntry('a'), chatEntry('b')] }), 2],
    ['somebody leaves', together, alone, 0],
    [
      'somebody comes back as another peer',
      together,
      callState({ participants: [me, { ...ada, peerId: participant('other').peerId }] }),
      0,
    ],
    ['a hand is lowered', callState({ participants: [me, raised] }), together, 0],
    ['I raise a hand', alone, callState({ participants: [{ ...me, handRaisedAt: 1 }] }), 0],
    ['I write', alone, callState({ chat: [chatEntry('mine', { own: true })] }), 0],
    [
      'I join a call with people and messages',
      callState({ phase: 'joining', participants: [] }),
      together,
      0,
    ],
    [
      'lines were missed while the socket was lost',
      callState({ phase: 'reconnecting' }),
      callState({ chat: [chatEntry('missed')] }),
      1,
    ],
  ])('%s', (_what, before, now, count) => {
    expect(newsCount(before, now)).toBe(count);
  });

  test('is counted in the title', () => {
    expect(titleWithNews('Call · Parley', 0)).toBe('Call · Parley');
    expect(titleWithNews('Call · Parley', 3)).toBe('(3) Call · Parley');
    expect(titleWithNews('Call · Parley', 100)).toBe('(99+) Call · Parley');
  });
});

test('everybody who knocks is news once', () => {
  const one = { peerId: 'w1' } as CallState['waiting'][number];
  const two = { peerId: 'w2' } as CallState['waiting'][number];
  expect(knockCount({ waiting: [] }, { waiting: [one, two] })).toBe(2);
  expect(knockCount({ waiting: [one] }, { waiting: [two] })).toBe(1);
  expect(knockCount({ waiting: [one] }, { waiting: [] })).toBe(0);
});
