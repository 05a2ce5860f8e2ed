import { expect, test } from '@jest/globals';
import {
  knockWords,
  openingWords,
  passcodeProblem,
  presenceWords,
  waitingWords,
} from '../../src/words/door-words.ts';
import { english, wordsIn } from '../support/words.ts';

test.each([
  [{ title: '', peopleInside: null, lost: false }, /see your name, Ann/],
  [{ title: '', peopleInside: 3, lost: false }, /see your name, Ann/],
  [{ title: '', peopleInside: 0, lost: false }, /Nobody is in the call yet/],
  [{ title: '', peopleInside: 0, lost: true }, /connection is lost/],
])('somebody who waits reads for whom: %j', (door, words) => {
  expect(waitingWords(english, door, 'Ann')).toMatch(words);
});

const error = (
  code: 'passcode_needed' | 'passcode_wrong' | 'rate_limited' | 'banned',
  retryAfterMs?: number,
) => ({
  code,
  message: '',
  traceId: null,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

test.each([
  [error('passcode_needed'), 'Enter the passcode of the call.'],
  [error('passcode_wrong'), 'That is not the passcode. Look at the invitation again.'],
  [error('rate_limited', 700_000), 'Too many passcodes were tried. Try again in 12 minutes.'],
  [error('rate_limited', 20_000), 'Too many passcodes were tried. Try again in 1 minute.'],
  [error('banned'), null],
  [null, null],
])('a passcode that did not do is in words: %j', (given, words) => {
  expect(passcodeProblem(english, given)).toBe(words);
});

test.each([
  [{ count: 0, names: [] }, 'Nobody else is here yet'],
  [{ count: 14, names: [] }, '14 people are in the call'],
  [{ count: 1, names: ['Ada'] }, 'In the call: Ada'],
  [{ count: 3, names: ['Ada', 'Bob'] }, 'In the call: Ada, Bob, and 1 other person'],
  [{ count: 14, names: ['Ada', 'Bob'] }, 'In the call: Ada, Bob, and 12 other people'],
])('somebody who has not joined reads who is in the call: %j', (people, words) => {
  expect(presenceWords(english, people)).toBe(words);
});

test('one who knocks is named, of several the number is said', () => {
  expect(knockWords(english, [{ shownName: 'Ana (2)' }])).toBe('Ana (2) wants to come in');
  expect(knockWords(english, [{ shownName: 'Ana' }, { shownName: 'Ana (2)' }])).toBe(
    '2 people want to come in',
  );
});

test('the opening is said with day and time of this place', () => {
  const noon = new Date(2030, 4, 6, 12, 30).getTime();
  expect(openingWords(wordsIn('en', 'en-GB'), noon)).toBe(
    'It opens on Monday, 6 May 2030 at 12:30. This page goes on by itself then.',
  );
});
