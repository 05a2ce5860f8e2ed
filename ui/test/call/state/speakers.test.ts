import { describe, expect, test } from '@jest/globals';
import {
  byRecency,
  hear,
  nextSilenceAt,
  NOBODY_HEARD,
  SPEAKING_HOLD_MS,
  speakingNow,
  type Heard,
} from '../../../src/call/state/speakers.ts';
import { peerId } from '../../support/records.ts';

const event = (...speakers: [string, number][]) => ({
  speakers: speakers.map(([id, volume]) => ({ peerId: peerId(id), volume })),
  dominantPeerId: speakers[0] === undefined ? null : peerId(speakers[0][0]),
});

const names = (heard: Heard, now: number) => Array.from(speakingNow(heard, now)).sort();

describe('who speaks', () => {
  test('is lit as soon as the server hears it', () => {
    expect(names(hear(NOBODY_HEARD, event(['ann', -30]), 1000), 1000)).toEqual(['ann']);
  });

  test('is not lit by the noise of a room', () => {
    expect(names(hear(NOBODY_HEARD, event(['ann', -75]), 1000), 1000)).toEqual([]);
  });

  test('stays lit however long it speaks without news', () => {
    expect(names(hear(NOBODY_HEARD, event(['ann', -30]), 1000), 60_000)).toEqual(['ann']);
  });

  test('stays lit through a pause between words and goes out after it', () => {
    const spoken = hear(NOBODY_HEARD, event(['ann', -30]), 1000);
    const silent = hear(spoken, event(), 3000);
    expect(names(silent, 3000 + SPEAKING_HOLD_MS - 1)).toEqual(['ann']);
    expect(names(silent, 3000 + SPEAKING_HOLD_MS)).toEqual([]);
    expect(nextSilenceAt(silent, 3000)).toBe(3000 + SPEAKING_HOLD_MS);
    expect(nextSilenceAt(silent, 3000 + SPEAKING_HOLD_MS)).toBeNull();
  });

  test('is known by recency, the latest first', () => {
    const first = hear(NOBODY_HEARD, event(['ann', -30]), 1000);
    const second = hear(first, event(['bob', -30]), 2000);
    const third = hear(second, event(['cid', -30]), 3000);
    expect(byRecency(third)).toEqual(['bob', 'cid', 'ann']);
    expect(third.dominantPeerId).toBe('cid');
  });
});
