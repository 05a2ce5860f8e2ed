import { describe, expect, test } from '@jest/globals';
import { assignSlots, stableOrder } from '../../src/layout/order.ts';

const of = (text: string): string[] => text.split('');

describe('stable order', () => {
  test.each([
    ['', 'abc', 'abc'],
    ['abc', 'cba', 'abc'],
    ['abc', 'bcd', 'bcd'],
    ['cab', 'abcde', 'cabde'],
    ['abc', '', ''],
  ])('makes of the previous order %p and the members %p the order %p', (previous, members, expected) => {
    expect(stableOrder(of(previous), of(members)).join('')).toBe(expected);
  });
});

describe('slots over pages', () => {
  const base = {
    previous: of('abcdef'),
    members: of('abcdef'),
    perPage: 3,
    page: 0,
    speaking: new Set<string>(),
    lastSpokeAt: new Map<string, number>(),
    fixed: new Set<string>(['a']),
  };

  test('do not move while all speakers are visible', () => {
    const slots = assignSlots({ ...base, speaking: new Set(['b', 'c']) });
    expect(slots.join('')).toBe('abcdef');
  });

  test('let a speaker from another page change places with the visible member who spoke least recently', () => {
    const slots = assignSlots({
      ...base,
      speaking: new Set(['e']),
      lastSpokeAt: new Map([
        ['b', 10],
        ['c', 20],
      ]),
    });
    expect(slots.join('')).toBe('aecdbf');
  });

  test('let the last of the members who never spoke yield', () => {
    expect(assignSlots({ ...base, speaking: new Set(['f']) }).join('')).toBe('abfdec');
  });

  test('never move a fixed member or a member who speaks', () => {
    const slots = assignSlots({ ...base, fixed: new Set(['a', 'b']), speaking: new Set(['c', 'd']) });
    expect(slots.join('')).toBe('abcdef');
  });

  test('do not move while another page is shown', () => {
    expect(assignSlots({ ...base, page: 1, speaking: new Set(['e']) }).join('')).toBe('abcdef');
  });

  test('bring in two speakers at once, each into another slot', () => {
    const slots = assignSlots({ ...base, speaking: new Set(['e', 'f']) });
    expect(slots.slice(0, 3).sort()).toEqual(['a', 'e', 'f']);
    expect(new Set(slots).size).toBe(6);
  });

  test('hold every member exactly once, and move at most the speaker and one other', () => {
    const random = seeded(7);
    const wrong: string[] = [];
    const spokeAt = new Map<string, number>();
    let slots = of('abcdefghijklmno');
    for (let step = 0; step < 2000; step += 1) {
      const speaker = slots[Math.floor(random() * slots.length)]!;
      const before = slots;
      spokeAt.set(speaker, step);
      slots = assignSlots({
        ...base,
        previous: before,
        members: before,
        perPage: 5,
        speaking: new Set([speaker]),
        lastSpokeAt: spokeAt,
      });
      const moved = slots.filter((id, index) => before[index] !== id);
      const visible = before.indexOf(speaker) < 5;
      if (new Set(slots).size !== 15) wrong.push(`${step}: lost somebody`);
      if (visible ? moved.length > 0 : moved.length !== 2 || slots.indexOf(speaker) >= 5)
        wrong.push(`${step}: ${moved.join('')} moved`);
      if (slots[0] !== 'a') wrong.push(`${step}: oneself moved`);
    }
    expect(wrong).toEqual([]);
  });
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
