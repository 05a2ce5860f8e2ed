import { describe, expect, test } from '@jest/globals';
import {
  byRecency,
  applySpeakers,
  nextSilenceAt,
  NO_SPEAKERS,
  SPEAKING_HOLD_MS,
  speakingNow,
  type Speakers,
} from '../../../src/call/state/speakers.ts';
import { peerId } from '../../support/records.ts';

const event = (...speakers: [string, number][]) => ({
  speakers: speakers.map(([id, volume]) => ({ peerId: peerId(id), volume })),
  dominantPeerId: speakers[0] === undefined ? null : peerId(speakers[0][0]),
});

const names = (heard: Speakers, now: number) => Array.from(speakingNow(heard, now)).sort();

describe('the speakers', () => {
  test('include a peer as soon as the server hears it', () => {
    expect(names(applySpeakers(NO_SPEAKERS, event(['ann', -30]), 1000), 1000)).toEqual(['ann']);
  });

  test('do not include a peer for the noise of its room', () => {
    expect(names(applySpeakers(NO_SPEAKERS, event(['ann', -75]), 1000), 1000)).toEqual([]);
  });

  test('include a peer however long it speaks without a notification', () => {
    expect(names(applySpeakers(NO_SPEAKERS, event(['ann', -30]), 1000), 60_000)).toEqual(['ann']);
  });

  test('include a peer through a pause between words, but not through a longer one', () => {
    const spoken = applySpeakers(NO_SPEAKERS, event(['ann', -30]), 1000);
    const silent = applySpeakers(spoken, event(), 3000);
    expect(names(silent, 3000 + SPEAKING_HOLD_MS - 1)).toEqual(['ann']);
    expect(names(silent, 3000 + SPEAKING_HOLD_MS)).toEqual([]);
    expect(nextSilenceAt(silent, 3000)).toBe(3000 + SPEAKING_HOLD_MS);
    expect(nextSilenceAt(silent, 3000 + SPEAKING_HOLD_MS)).toBeNull();
  });

  test('are ordered by when they spoke last, the latest first', () => {
    const first = applySpeakers(NO_SPEAKERS, event(['ann', -30]), 1000);
    const second = applySpeakers(first, event(['bob', -30]), 2000);
    const third = applySpeakers(second, event(['cid', -30]), 3000);
    expect(byRecency(third)).toEqual(['bob', 'cid', 'ann']);
    expect(third.dominantPeerId).toBe('cid');
  });
});
