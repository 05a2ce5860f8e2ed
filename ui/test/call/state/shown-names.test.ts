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
    // Letters of another script, marks that do not count, figures for letters.
    [
      ['Ana', '\u0410na', '\u0391na', 'An\u0430'],
      ['Ana', '\u0410na (2)', '\u0391na (3)', 'An\u0430 (4)'],
    ],
    [
      ['\u0412\u0435\u0440\u0430', 'Bepa', '\u0412\u0415\u0420\u0410'],
      ['\u0412\u0435\u0440\u0430', 'Bepa (2)', '\u0412\u0415\u0420\u0410 (3)'],
    ],
    [
      ['Al', 'AI', 'A1', 'Bob', 'B0b'],
      ['Al', 'AI (2)', 'A1 (3)', 'Bob', 'B0b (2)'],
    ],
    [
      ['Ana-Maria', 'Ana Maria', 'Ana\u2010Maria', 'Ana_Maria.'],
      ['Ana-Maria', 'Ana Maria (2)', 'Ana\u2010Maria (3)', 'Ana_Maria. (4)'],
    ],
    [
      ['\uff21na', '\u24b6na'],
      ['\uff21na', '\u24b6na (2)'],
    ],
    // Names that are not the same.
    [
      ['Ana', 'Anna', '\u00c1na', '\u0410\u043d\u0430', 'Alan', 'Aian'],
      ['Ana', 'Anna', '\u00c1na', '\u0410\u043d\u0430', 'Alan', 'Aian'],
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

  test('keep the name that they had before somebody else took it, though that one joined first', () => {
    const eve = peer('eve', { displayName: 'Ana', joinedAt: 1, renamedAt: 9 });
    const ana = peer('ana', { displayName: 'Ana', joinedAt: 5 });
    expect(Object.fromEntries(shownNames([eve, ana]))).toEqual({ ana: 'Ana', eve: 'Ana (2)' });
  });

  test('are numbered without delay, a hundred of them', () => {
    const guests = Array.from({ length: 100 }, (_, at) =>
      peer(`p${at}`, { displayName: 'Guest', joinedAt: at }),
    );
    expect(Array.from(shownNames(guests).values()).at(-1)).toBe('Guest (100)');
  });

  test('keep the name of the first who is still there', () => {
    const [, second] = [0, 1].map((joinedAt) => peer(`p${joinedAt}`, { displayName: 'Ana', joinedAt }));
    expect(shownNames(second ? [second] : []).get(second!.peerId)).toBe('Ana');
  });
});
