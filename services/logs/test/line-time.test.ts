import { describe, expect, test } from '@jest/globals';
import { readTime } from '../src/files/line-time.ts';

function timeOf(text: string): number {
  const bytes = Buffer.from(`xx${text}xx`);
  return readTime(bytes, 2, bytes.length - 2);
}

describe('the time of a line', () => {
  test.each([
    [
      'as our services write it',
      '{"level":"info","time":"2026-11-21T09:30:15.123Z","msg":"x"}',
      '2026-11-21T09:30:15.123Z',
    ],
    ['on a leap day', '{"time":"2028-02-29T23:59:59.999Z"}', '2028-02-29T23:59:59.999Z'],
    ['with a zone', '{"time":"2026-11-21T09:30:15+02:00"}', '2026-11-21T07:30:15.000Z'],
    ['with microseconds', '{"time":"2026-11-21T09:30:15.123456Z"}', '2026-11-21T09:30:15.123Z'],
    ['as a number', '{"level":30,"time":1795253415123,"pid":1}', '2026-11-21T09:30:15.123Z'],
    ['as the last value', '{"level":30,"time":1795253415123}', '2026-11-21T09:30:15.123Z'],
    [
      'when its text contains another',
      '{"msg":"\\"time\\":\\"2020-01-01T00:00:00.000Z\\"","time":"2026-11-21T09:30:15.123Z"}',
      '2026-11-21T09:30:15.123Z',
    ],
  ])('is read %s', (_what, text, expected) => {
    expect(new Date(timeOf(text)).toISOString()).toBe(expected);
  });

  test.each([
    ['has none', '{"msg":"x"}'],
    ['is empty', ''],
    ['is cut in it', '{"time":"2026-11-21T09:3'],
    ['has an impossible month', '{"time":"2026-13-21T09:30:15.123Z"}'],
    ['has letters in it', '{"time":"2026-11-21T0x:30:15.123Z"}'],
    ['has a number that is too small', '{"time":12}'],
    ['has seconds', '{"time":1795253415}'],
    ['has words', '{"time":"yesterday"}'],
    ['has null', '{"time":null}'],
  ])('is not a number when the line %s', (_what, text) => {
    expect(timeOf(text)).toBeNaN();
  });

  test('is not taken from the line behind', () => {
    const bytes = Buffer.from('{"msg":"x"}\n{"time":"2026-11-21T09:30:15.123Z"}');
    expect(readTime(bytes, 0, 11)).toBeNaN();
  });
});
