import { describe, expect, test } from '@jest/globals';
import { shownNames } from '../../../src/call/state/shown-names.ts';
import { peer } from '../../support/records.ts';

/** The names of peers who joined in this order. */
const shown = (...names: string[]) =>
  Array.from(
    shownNames(
      names.map((displayName, index) => peer(`p${index}`, { displayName, joinedAt: index })),
    ).values(),
  );

describe('people of one name', () => {
  test.each([
    [
      ['Ana', 'Ben'],
      ['Ana', 'Ben'],
    ],
    [
      ['Ana', 'Ana'],
      ['Ana', 'Ana (2)'],
    ],
    [
      ['Ana', 'Ben', 'Ana', 'Ana'],
      ['Ana', 'Ben', 'Ana (2)', 'Ana (3)'],
    ],
    // They sound or look the same.
    [
      ['Ana', 'ANA', 'Ａｎａ', 'A\u200dna'],
      ['Ana', 'ANA (2)', 'Ａｎａ (3)', 'A\u200dna (4)'],
    ],
    // A person has this very name.
    [
      ['Ana', 'Ana', 'Ana (2)'],
      ['Ana', 'Ana (3)', 'Ana (2)'],
    ],
    [
      ['Ana (2)', 'Ana (2)'],
      ['Ana (2)', 'Ana (2) (2)'],
    ],
    [[], []],
  ])('%j are shown as %j', (names, expected) => {
    expect(shown(...names)).toEqual(expected);
  });

  test('have the same names whatever the order in which a browser got to know them', () => {
    const peers = ['c', 'a', 'b'].map((id) => peer(id, { displayName: 'Ana', joinedAt: id === 'c' ? 1 : 2 }));
    const expected = { c: 'Ana', a: 'Ana (2)', b: 'Ana (3)' };
    expect(Object.fromEntries(shownNames(peers))).toEqual(expected);
    expect(Object.fromEntries(shownNames(peers.toReversed()))).toEqual(expected);
  });

  test('keep the name of the first who is still there', () => {
    const [, second] = [0, 1].map((joinedAt) => peer(`p${joinedAt}`, { displayName: 'Ana', joinedAt }));
    expect(shownNames(second ? [second] : []).get(second!.peerId)).toBe('Ana');
  });
});
