import { describe, expect, test } from '@jest/globals';
import { judge, usedPercent } from '../idle.ts';

/** As Linux writes it. Guests are in user and nice already, and single cores follow the sum. */
const stat = (user: number, idle: number, more: { iowait?: number; steal?: number; guest?: number } = {}) =>
  [
    `cpu  ${user} 10 100 ${idle} ${more.iowait ?? 0} 5 5 ${more.steal ?? 0} ${more.guest ?? 0} 0`,
    `cpu0 ${user} 10 100 ${idle} 0 5 5 0 0 0`,
    'intr 12345 0 0',
    'ctxt 678',
    '',
  ].join('\n');

describe('the use of the machine between two readings', () => {
  test.each([
    { what: 'nothing', after: stat(1_000, 5_400), percent: 0 },
    { what: 'a quarter', after: stat(1_100, 5_300), percent: 25 },
    { what: 'everything', after: stat(1_400, 5_000), percent: 100 },
    { what: 'half, taken by other machines', after: stat(1_000, 5_200, { steal: 200 }), percent: 50 },
    { what: 'nothing while a disk is waited for', after: stat(1_000, 5_000, { iowait: 400 }), percent: 0 },
    { what: 'a quarter, of which a guest has all', after: stat(1_100, 5_300, { guest: 100 }), percent: 25 },
  ])('$what', ({ after, percent }) => {
    expect(usedPercent(stat(1_000, 5_000), after)).toBe(percent);
  });

  test('is unknown where no time has passed, or where the text is another one', () => {
    expect(() => usedPercent(stat(1, 1), stat(1, 1))).toThrow('no time has passed');
    expect(() => usedPercent('cpu0 1 2 3', 'cpu0 1 2 3')).toThrow('does not say');
    expect(() => usedPercent('cpu  1 2 three 4 5 6 7 8', stat(1, 1))).toThrow('does not say');
  });
});

describe('a benchmark', () => {
  test('is measured while others use a tenth of all cores, and says nothing about them', () => {
    expect(judge(10, false)).toEqual({});
    expect(judge(10, true)).toEqual({});
  });

  test('is refused in words above that', () => {
    expect(() => judge(10.6, false)).toThrow('Other programs use 11 % of all cores');
    expect(() => judge(10.6, false)).toThrow('--even-if-busy');
  });

  test('is measured all the same if it is asked for, and the report says so', () => {
    expect(judge(42.4, true)).toEqual({ othersPercent: 42 });
  });
});
