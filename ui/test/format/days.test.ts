import { describe, expect, test } from '@jest/globals';
import { dayWords, nextDay, startOfDay } from '../../src/format/days.ts';
import { english, wordsIn } from '../support/words.ts';

const at = (year: number, month: number, day: number, hour = 12) =>
  new Date(year, month - 1, day, hour).getTime();
const NOW = at(2026, 11, 29);

describe('the day of a message', () => {
  test.each([
    [NOW, 'Today'],
    [at(2026, 11, 29, 0), 'Today'],
    [at(2026, 11, 28, 23), 'Yesterday'],
    [at(2026, 11, 28, 0), 'Yesterday'],
    [at(2026, 11, 27, 23), 'Friday 27 November'],
    [at(2025, 12, 31), 'Wednesday 31 December 2025'],
  ])('%d is %s', (time, expected) => {
    expect(dayWords({ ...english, locale: 'en-GB' }, time, NOW).replace(',', '')).toBe(expected);
  });

  test('is written as the language of the person writes it', () => {
    expect(dayWords(wordsIn('de', 'de-DE'), at(2026, 11, 27), NOW)).toBe('Freitag, 27. November');
  });

  test('ends at midnight, also where the clock changes', () => {
    expect(nextDay(at(2026, 12, 31))).toBe(at(2027, 1, 1, 0));
    for (let day = 1; day < 365; day += 1)
      expect(nextDay(at(2026, 1, day))).toBe(startOfDay(at(2026, 1, day + 1)));
  });
});
