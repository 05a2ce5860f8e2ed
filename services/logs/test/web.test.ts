import { describe, expect, test } from '@jest/globals';
import { flatFields, inlineFields } from '../web/line-fields.js';
import { canBeLive, readSelection, writeSelection } from '../web/selection.js';
import { visible } from '../web/visible.js';
import { countWords, sinceWords, sizeWords } from '../web/words.js';

describe('a character that acts instead of being seen', () => {
  test.each([
    ['a line feed', 'a\nb', 'a\\nb'],
    ['an escape sequence', '\u001b[31mred', '\\x1b[31mred'],
    ['a change of direction', 'a\u202egnp.exe', 'a\\u202egnp.exe'],
    ['characters without width', 'a\u200bb\ufeff', 'a\\u200bb\\ufeff'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['a control character of C1', '\u009b31m', '\\u009b31m'],
  ])('is written out: %s', (_what, text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  test('is written out alone: other text stays as it is', () => {
    expect(visible('Zoë </script> & "日本語" 👩‍🚀'.replaceAll('\u200d', ''))).toBe(
      'Zoë </script> & "日本語" 👩🚀',
    );
  });
});

describe('the address', () => {
  test('keeps the selection', () => {
    const state = {
      filter: { q: 'a "b c"&d', trace: 't', from: '1', to: '2' },
      order: 'oldest' as const,
      around: 'cursor',
      isLive: false,
    };
    expect(readSelection(writeSelection(state))).toEqual(state);
  });

  test('is empty for the first selection', () => {
    expect(writeSelection(readSelection(''))).toBe('?');
    expect(readSelection('?')).toEqual({ filter: {}, order: 'newest', around: undefined, isLive: true });
  });

  test('of a selection that ends before now allows no live lines', () => {
    expect(canBeLive(readSelection('?q=x'))).toBe(true);
    for (const query of ['?to=1', '?order=oldest', '?around=x'])
      expect(canBeLive(readSelection(query))).toBe(false);
  });
});

describe('the fields of a line', () => {
  test('stand behind the message if they have no column of their own', () => {
    const fields = {
      level: 'info',
      time: 't',
      service: 's',
      pid: 1,
      traceId: 'x',
      msg: 'm',
      room: 'r',
      n: 1,
      o: { a: [1] },
    };
    expect(inlineFields(fields)).toBe('room=r n=1 o={"a":[1]}');
  });

  test('of an error are its message in the row, and all in the details', () => {
    const err = { type: 'Error', message: 'boom', stack: 'Error: boom\n  at x' };
    expect(inlineFields({ err })).toBe('err=boom');
    expect(flatFields({ err })).toEqual([
      ['err.type', 'Error'],
      ['err.message', 'boom'],
      ['err.stack', 'Error: boom\n  at x'],
    ]);
  });
});

test('amounts are words', () => {
  expect([sizeWords(1), sizeWords(2_345_678), sizeWords(2_168_000_000)]).toEqual([
    '1 KB',
    '2.3 MB',
    '2168 MB',
  ]);
  expect([countWords(1, 'line'), countWords(12_345, 'line')]).toEqual(['1 line', '12,345 lines']);
  expect([sinceWords(42), sinceWords(-1_500)]).toEqual(['+0.042', '−1.500']);
});
