import { expect, test } from '@jest/globals';
import type { PeerId, ProducerId } from '@parley/proto/ids';
import type { SpeakersState } from '../../src/router/speakers.ts';
import { mergeSpeech, NO_VERDICT, type SpeechVerdict } from '../../src/speakers/speech-verdict.ts';

/** What one router reports: its dominant speaker, and the levels of those who are heard, the loudest first. */
type Report = [dominant: string | undefined, levels: Record<string, number>];

const state = ([dominant, levels]: Report): SpeakersState => ({
  dominantPeerId: dominant as PeerId | undefined,
  speakers: Object.entries(levels).map(([peerId, volume]) => ({
    peerId: peerId as PeerId,
    producerId: peerId as ProducerId,
    volume,
  })),
});

/** The verdicts on reports that come every 250 ms, from routers with names. */
function follow(...moments: Record<string, Report>[]): SpeechVerdict<string>[] {
  let verdict: SpeechVerdict<string> = NO_VERDICT;
  return moments.map((reports, index) => {
    const all = new Map(Object.entries(reports).map(([name, report]) => [name, state(report)]));
    verdict = mergeSpeech(verdict, all, index * 250);
    return verdict;
  });
}

const order = ({ speakers }: SpeakersState): string => speakers.map(({ peerId }) => peerId).join(' ');

test.each<[string, Record<string, Report>[], string[]]>([
  ['nobody', [{ one: [undefined, {}], two: [undefined, {}] }], ['']],
  [
    'the loudest of all routers first',
    [{ one: ['a', { a: -30, b: -50 }], two: ['c', { c: -20, d: -40 }] }],
    ['c a d b'],
  ],
  [
    'somebody who is heard stays before a newcomer who is hardly louder',
    [
      { one: ['a', { a: -30 }], two: [undefined, {}] },
      { one: ['a', { a: -30 }], two: ['b', { b: -28 }] },
      { one: ['a', { a: -30 }], two: ['c', { b: -28, c: -26 }] },
    ],
    ['a', 'a b', 'b c a'],
  ],
  [
    'no more than eight',
    [
      {
        one: ['a', { a: -10, b: -11, c: -12, d: -13, e: -14, f: -15 }],
        two: ['g', { g: -20, h: -21, i: -22, j: -23 }],
      },
    ],
    ['a b c d e f g h'],
  ],
  [
    'without those of a router that is gone',
    [{ one: ['a', { a: -30 }], two: ['b', { b: -20 }] }, { one: ['a', { a: -30 }] }],
    ['b a', 'a'],
  ],
])('the order of speakers: %s', (_name, moments, expected) => {
  expect(follow(...moments).map(order)).toEqual(expected);
});

const A_SPEAKS: Report = ['a', { a: -30 }];
const A_SILENT: Report = ['a', {}];

test.each<[string, Record<string, Report>[], (string | undefined)[]]>([
  ['the first voice leads at once', [{ one: [undefined, {}], two: ['b', { b: -60 }] }], ['b']],
  ['nobody before there was a voice', [{ one: [undefined, {}] }], [undefined]],
  ['the louder of two that begin together', [{ one: ['a', { a: -40 }], two: ['b', { b: -30 }] }], ['b']],
  [
    'a voice that is hardly louder does not take over',
    [{ one: A_SPEAKS }, { one: A_SPEAKS, two: ['b', { b: -26 }] }, { one: A_SPEAKS, two: ['b', { b: -26 }] }],
    ['a', 'a', 'a'],
  ],
  [
    'a voice that is much louder takes over with its second report',
    [{ one: A_SPEAKS }, { one: A_SPEAKS, two: ['b', { b: -10 }] }, { one: A_SPEAKS, two: ['b', { b: -10 }] }],
    ['a', 'a', 'b'],
  ],
  [
    'a cough does not',
    [
      { one: A_SPEAKS, two: ['b', {}] },
      { one: A_SPEAKS, two: ['b', { b: -10 }] },
      { one: A_SPEAKS, two: ['b', {}] },
      { one: A_SPEAKS, two: ['b', { b: -10 }] },
    ],
    ['a', 'a', 'a', 'a'],
  ],
  [
    'a pause between words keeps the leader for a report',
    [{ one: A_SPEAKS }, { one: A_SILENT, two: ['b', { b: -40 }] }, { one: A_SPEAKS, two: ['b', { b: -40 }] }],
    ['a', 'a', 'a'],
  ],
  [
    'after a longer silence the next voice leads at once',
    [{ one: A_SPEAKS }, { one: A_SILENT }, { one: A_SILENT, two: ['b', { b: -50 }] }],
    ['a', 'a', 'b'],
  ],
  [
    'silence keeps the last leader',
    [{ one: A_SPEAKS }, { one: A_SILENT }, { one: A_SILENT }],
    ['a', 'a', 'a'],
  ],
  [
    'the leading router decides among its own at once',
    [{ one: A_SPEAKS }, { one: ['c', { a: -30, c: -20 }] }],
    ['a', 'c'],
  ],
  [
    'a leader who left is followed by a voice of another router',
    [
      { one: A_SPEAKS, two: ['b', { b: -40 }] },
      { one: [undefined, {}], two: ['b', { b: -40 }] },
    ],
    ['a', 'b'],
  ],
  [
    'a router that is gone leads no more',
    [{ one: A_SPEAKS, two: ['b', {}] }, { two: ['b', {}] }, { two: ['b', { b: -40 }] }],
    ['a', undefined, 'b'],
  ],
])('the dominant speaker: %s', (_name, moments, expected) => {
  expect(follow(...moments).map(({ dominantPeerId }) => dominantPeerId)).toEqual(expected);
});
