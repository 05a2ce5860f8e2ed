import { describe, expect, test } from '@jest/globals';
import { CHAT_TEXT_MAX, chatTextSchema, displayNameSchema, roomTitleSchema } from '@parley/proto';

const FAMILY = '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}';
const ENGLAND = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
const ZALGO = `A${'\u0301\u0316'.repeat(30)}na`;

/** What one sees of each is nothing. */
const INVISIBLE = [
  '',
  '   ',
  '\n',
  '\u00a0\u3000',
  '\u200b',
  '\u3164',
  '\uffa0',
  '\u2800',
  '\u2800 \u2800',
  '\u00ad',
  '\u034f',
  '\u061c',
  '\u115f\u1160',
  '\u180e',
  '\u2060',
  '\u2064',
  '\ufeff',
  '\ufe0f',
  '\u200d\u200c',
  '\u{e0041}\u{e0042}',
  '\u{e0100}',
  '\u{1d159}',
  '\u{1d173}',
  '\u{16fe4}',
  '\u200b\u3164\u2800\u00ad\u2060',
  '\u0301\u0302',
  '\u2067\u2069',
];

describe('a name', () => {
  test.each([
    ['  Ada   Lovelace ', 'Ada Lovelace'],
    ['李雷', '李雷'],
    ['Zoë 🎈', 'Zoë 🎈'],
    ['Zoe\u0308', 'Zo\u00eb'],
    ['a\nb', 'a b'],
    ['A\u2800na', 'A na'],
    // As a contacts app or a web page copies them.
    ['\u2068Ana\u2069', 'Ana'],
    ['\u200f\u05d3\u05e0\u05d4', '\u05d3\u05e0\u05d4'],
    ['Ana\u200e', 'Ana'],
    ['A\u00adn\u200ba\ufeff', 'Ana'],
    ['a\u202eb', 'ab'],
    ['\u200dAna \u200c \u200dBo\u200d\u200d', 'Ana Bo'],
    ['\u0bb6\u0bcd\u200d\u200d\u0bb0', '\u0bb6\u0bcd\u200d\u0bb0'],
    ['A\u{e0041}na', 'Ana'],
    [ZALGO, 'Á\u0316\u0316\u0316\u0316na'],
    [`A${'\u0301\u200d'.repeat(20)}na`, 'Á\u200d\u0301\u200d\u0301\u200d\u0301\u200d\u0301\u200dna'],
  ])('%j is read as %j', (typed, name) => {
    expect(displayNameSchema.parse(typed)).toBe(name);
  });

  test.each([
    ['a family of emoji', FAMILY],
    ['the flag of a region', ENGLAND],
    ['a heart in colour', '\u2764\ufe0f'],
    ['a key of emoji', '1\ufe0f\u20e3'],
    ['Persian with a joiner', '\u0639\u0644\u06cc\u200c\u0631\u0636\u0627'],
    ['Sinhala with a joiner', '\u0dc1\u0dca\u200d\u0dbb\u0dd3'],
    ['Malayalam', '\u0d36\u0d4d\u0d30\u0d40\u0d1c\u0d3f\u0d24\u0d4d'],
    ['Hebrew with points', '\u05d3\u05b8\u05bc\u05e0\u05b8\u05d4'],
    ['Thai', '\u0e19\u0e49\u0e33\u0e1d\u0e19'],
    ['Tibetan', '\u0f66\u0f90\u0fb1\u0f7c\u0f0b'],
    ['Japanese with a variant', '\u845b\u{e0100}\u98fe'],
    ['Mongolian', '\u182e\u180b\u1823'],
  ])('in %s stays as it is', (_what, typed) => {
    expect(displayNameSchema.parse(typed)).toBe(typed.normalize('NFC'));
  });

  test.each(INVISIBLE)('%j is refused as empty', (typed) => {
    expect(displayNameSchema.safeParse(typed).error?.issues[0]?.code).toBe('too_small');
  });

  test.each([
    ['a null character', 'a\u0000b'],
    ['an escape sequence', 'a\u001b[31m'],
    ['half of a pair', 'Ana \ud83d'],
    ['the other half', '\ude00'],
    ['65 letters', 'x'.repeat(65)],
  ])('with %s is refused', (_what, typed) => {
    expect(displayNameSchema.safeParse(typed).error?.issues[0]?.code).toMatch(/invalid_format|too_big/);
  });

  test.each([ZALGO, FAMILY, ENGLAND, 'e\u200b\u0301', ' \u200d a \u200d b', '\u1100\u1161\u3164\u11a8'])(
    '%j is the same when it is read again',
    (typed) => {
      const name = displayNameSchema.parse(typed);
      expect(displayNameSchema.parse(name)).toBe(name);
    },
  );
});

describe('the title of a room', () => {
  test.each([
    ['  Stand\u200bup ', 'Standup'],
    ['\u2068Plan\u2069', 'Plan'],
    ['\u3164', ''],
    ['', ''],
  ])('%j is read as %j', (typed, title) => {
    expect(roomTitleSchema.parse(typed)).toBe(title);
  });

  test.each(['x'.repeat(121), 'a\u0000b', '\ud83d'])('%j is refused', (typed) => {
    expect(roomTitleSchema.safeParse(typed).success).toBe(false);
  });
});

describe('the text of a message', () => {
  test.each([
    ['  hello\n  you  ', 'hello\n  you'],
    // Direction marks put a sentence in order; an override turns a link round.
    ['\u200f\u05e9\u05dc\u05d5\u05dd!\u200f', '\u200f\u05e9\u05dc\u05d5\u05dd!\u200f'],
    ['see \u202emoc.elpmaxe\u202c', 'see moc.elpmaxe\u202c'],
    [`${'\u0301\u200b'.repeat(100)}x`, '\u0301\u200b\u0301\u200b\u0301\u200b\u0301\u200bx'],
    [FAMILY, FAMILY],
  ])('%j is read as %j', (typed, text) => {
    expect(chatTextSchema.parse(typed)).toBe(text);
  });

  test.each(INVISIBLE)('%j is refused as empty', (typed) => {
    expect(chatTextSchema.safeParse(typed).error?.issues[0]?.code).toBe('too_small');
  });

  test.each(['x'.repeat(CHAT_TEXT_MAX + 1), 'half \ud83d'])('%.20j is refused', (typed) => {
    expect(chatTextSchema.safeParse(typed).success).toBe(false);
  });
});
