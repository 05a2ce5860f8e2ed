import { expect, test } from '@jest/globals';
import { fromLocalField, momentWords, toLocalField } from '../../src/format/moments.ts';

const MORNING = new Date(2026, 2, 1, 9, 5).getTime();

test('a moment goes into a field for local time and back', () => {
  expect(toLocalField(MORNING)).toBe('2026-03-01T09:05');
  expect(fromLocalField('2026-03-01T09:05')).toBe(MORNING);
});

test.each([
  ['', null],
  ['soon', undefined],
  ['1969-01-01T00:00', undefined],
])('%j is %j', (text, moment) => {
  expect(fromLocalField(text)).toBe(moment);
});

test('no moment is an empty field', () => {
  expect(toLocalField(null)).toBe('');
});

test('a moment has day and time', () => {
  expect(momentWords('en-GB', MORNING)).toMatch(/1 Mar 2026.*09:05/);
});
