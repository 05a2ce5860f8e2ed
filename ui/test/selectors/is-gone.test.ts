import { describe, expect, test } from '@jest/globals';
import { applyNotification, applySnapshot, NO_RECORDS } from '../../src/call/state/records.ts';
import { isGone } from '../../src/selectors/is-gone.ts';
import { callState, participant, peer } from '../support/call-state.ts';
import { peer as record, snapshot } from '../support/records.ts';

const counts = { all: 500, viewers: 0 };
const crowd = applySnapshot(NO_RECORDS, snapshot(record('me'), [record('ann')], { counts }));

describe('somebody', () => {
  test('who is shown is there, also after an earlier leave', () => {
    const state = callState({ participants: [participant('ann')], gone: new Set([peer('ann')]) });
    expect(isGone(state, peer('ann'))).toBe(false);
  });

  test('whom a page does not have that has everybody is gone', () => {
    expect(isGone(callState(), peer('ann'))).toBe(true);
  });

  test('whom a page knows only from the list of a crowd is there until they leave', () => {
    const before = callState({ crowd: counts, gone: crowd.gone });
    expect(isGone(before, peer('carl'))).toBe(false);
    const { gone } = applyNotification(crowd, {
      name: 'peers:changed',
      payload: { peers: [], left: [{ peerId: peer('carl'), reason: 'left' }], counts },
    });
    expect(isGone({ ...before, gone }, peer('carl'))).toBe(true);
    expect(isGone({ ...before, gone }, peer('dora'))).toBe(false);
  });
});
