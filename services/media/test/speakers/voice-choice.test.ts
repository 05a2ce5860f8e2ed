import { expect, test } from '@jest/globals';
import type { ProducerId } from '@parley/proto/ids';
import { chooseVoices, JUST_UNMUTED_MS, type Voice } from '../../src/speakers/voice-choice.ts';

const NOW = 1_000_000;
/** Unmuted long ago and never heard. */
const QUIET: Omit<Voice, 'producerId'> = {
  unmutedAtMs: 0,
  level: undefined,
  heardSinceMs: undefined,
  spokeAtMs: undefined,
  handAtMs: undefined,
  chosen: false,
};

const heard = (level: number, sinceMs = 1_000): Partial<Voice> => ({ level, heardSinceMs: NOW - sinceMs });
const unmuted = (agoMs: number): Partial<Voice> => ({ unmutedAtMs: NOW - agoMs });
const chosen = { chosen: true };

test.each<[string, size: number, Record<string, Partial<Voice>>, string]>([
  ['everybody while there is a place', 3, { a: {}, b: heard(-30), c: unmuted(5) }, 'a b c'],
  ['the loudest first', 2, { a: heard(-40), b: heard(-20), c: heard(-30) }, 'b c'],
  [
    'the loudest three from their first report on',
    3,
    { a: { ...chosen }, b: heard(-48, 0), c: heard(-49, 0), d: heard(-50, 0) },
    'b c d',
  ],
  [
    'nobody new for a moment that is softer than a voice',
    3,
    { a: { ...chosen }, b: { ...chosen }, c: heard(-25, 0), d: heard(-51, 0), e: heard(-60, 0) },
    'a b c',
  ],
  ['a soft voice that is heard twice in a row', 1, { a: { ...chosen }, b: heard(-60, 250) }, 'b'],
  [
    'the loudest three before people who have just unmuted',
    4,
    { a: unmuted(1), b: unmuted(2), c: heard(-10), d: heard(-20), e: heard(-30) },
    'a c d e',
  ],
  [
    'who has just unmuted before who else is heard',
    4,
    { a: heard(-10), b: heard(-11), c: heard(-12), d: { ...heard(-13), ...chosen }, e: unmuted(300) },
    'a b c e',
  ],
  ['the newest of many unmutes', 2, { a: unmuted(300), b: unmuted(100), c: unmuted(200) }, 'b c'],
  ['an unmute for a while only', 1, { a: unmuted(JUST_UNMUTED_MS), b: { handAtMs: 5 } }, 'b'],
  [
    'nobody else for one moment of noise',
    4,
    { a: heard(-10), b: heard(-11), c: heard(-12), d: heard(-13, 0), e: { spokeAtMs: 5 } },
    'a b c e',
  ],
  [
    'whoever is heard twice in a row',
    4,
    { a: heard(-10), b: heard(-11), c: heard(-12), d: heard(-13, 250), e: { spokeAtMs: 5 } },
    'a b c d',
  ],
  [
    'who is heard before a raised hand',
    4,
    { a: heard(-10), b: heard(-11), c: heard(-12), d: { handAtMs: 1 }, e: heard(-20) },
    'a b c e',
  ],
  ['a raised hand before who spoke last', 1, { a: { spokeAtMs: NOW - 1 }, b: { handAtMs: NOW } }, 'b'],
  [
    'the hands that were raised first',
    2,
    { a: { handAtMs: 3 }, b: { handAtMs: 1 }, c: { handAtMs: 2 } },
    'b c',
  ],
  ['who spoke last', 2, { a: { spokeAtMs: 1 }, b: { spokeAtMs: 3 }, c: { spokeAtMs: 2 }, d: {} }, 'b c'],
  ['who unmuted after others spoke', 1, { a: { spokeAtMs: 500_000 }, b: { unmutedAtMs: 600_000 } }, 'b'],
  ['those who are forwarded already, of equals', 1, { a: {}, b: { ...chosen }, c: {} }, 'b'],
])('a pool holds %s', (_name, size, given, expected) => {
  const voices = Object.entries(given).map(([id, facts]) => ({
    producerId: id as ProducerId,
    ...QUIET,
    ...facts,
  }));
  const ids = chooseVoices(voices, size, NOW).map(({ producerId }) => producerId);
  expect(ids.toSorted().join(' ')).toBe(expected);
});
