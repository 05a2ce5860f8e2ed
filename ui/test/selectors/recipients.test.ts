import { describe, expect, test } from '@jest/globals';
import { recipientsOf } from '../../src/selectors/recipients.ts';
import { participant, peer } from '../support/call-state.ts';

const participants = [participant('me', { isSelf: true }), participant('ann', { shownName: 'Ann (2)' })];
const ann = { peerId: peer('ann'), name: 'Ann (2)' };

describe('the recipients of a private message', () => {
  test('are the others, by the names that the page shows', () => {
    expect(recipientsOf(participants, null)).toEqual([ann]);
  });

  test('have the chosen one once, by the newest name', () => {
    expect(recipientsOf(participants, { peerId: peer('ann'), name: 'Former' })).toEqual([ann]);
  });

  test('have a chosen one of a crowd whom the page does not show', () => {
    const carl = { peerId: peer('carl'), name: 'Carl' };
    expect(recipientsOf(participants, carl)).toEqual([ann, carl]);
  });
});
