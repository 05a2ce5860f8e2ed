import { describe, expect, test } from '@jest/globals';
import { CHAT_TEXT_MAX, chatTextSchema, displayNameSchema, roomTitleSchema } from '@parley/proto/text';

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

/** Names as people write them, each with what is easily lost of it. */
const REAL_NAMES: [string, string][] = [
  ['Vietnamese', 'Nguy\u1ec5n Th\u1ecb Ng\u1ecdc \u00c1nh'],
  ['Yoruba', 'Ol\u00fas\u1eb9\u0301gun Ad\u00e9b\u00e1y\u1ecd\u0300'],
  ['Lithuanian', 'Ju\u0307\u0301rat\u0117'],
  ['Irish', 'Se\u00e1n O\u2019Brien-N\u00ed Dhomhnaill'],
  ['Catalan', 'Marcel\u00b7l\u00ed'],
  ['Greek', '\u0393\u03b9\u03ce\u03c1\u03b3\u03bf\u03c2'],
  ['Russian', '\u0410\u043d\u0434\u0440\u0435\u0439 \u0401\u043b\u043a\u0438\u043d'],
  ['Church Slavonic', '\u0410\u0301\u043d\u043d\u0430'],
  ['Georgian', '\u10dc\u10d8\u10dc\u10dd'],
  ['Armenian', '\u0531\u0576\u056b'],
  ['Hebrew with points', '\u05d3\u05b8\u05bc\u05e0\u05b8\u05d4'],
  ['Hebrew with a dotted shin', '\u05e9\u05bc\u05c1\u05b9\u05e9\u05b7\u05c1\u05e0\u05b8\u05bc\u05d4'],
  ['Arabic', '\u0645\u064f\u062d\u064e\u0645\u064e\u0651\u062f'],
  ['Arabic with a small alef', '\u0639\u0628\u062f \u0627\u0644\u0644\u0651\u0670\u0647'],
  ['Persian with a joiner', '\u0639\u0644\u06cc\u200c\u0631\u0636\u0627'],
  ['Persian with a he of the year', '\u0661\u0664\u0660\u0662 \u0647\u200d'],
  ['Urdu', '\u0639\u0628\u062f\u0627\u0644\u0631\u0651\u062d\u0645\u0670\u0646'],
  ['Syriac', '\u0710\u0726\u072a\u071d\u0721'],
  ['Thaana', '\u0789\u07ab\u0790\u07a7'],
  ["N'Ko", '\u07d2\u07de\u07cf\u07eb'],
  ['Amharic', '\u12a0\u1260\u1260'],
  ['Hindi', '\u0932\u0915\u094d\u0937\u094d\u092e\u0940 \u092a\u094d\u0930\u093f\u092f\u093e'],
  ['Hindi with three marks', '\u0921\u093c\u0942\u0901'],
  ['Marathi with an eyelash', '\u0924\u0930\u094d\u200d\u0939\u093e'],
  ['Bengali with a joiner before the mark', '\u09b0\u200d\u09cd\u09af\u09be\u09ac'],
  ['Punjabi', '\u0a17\u0a41\u0a30\u0a2a\u0a4d\u0a30\u0a40\u0a24'],
  ['Gujarati', '\u0ab6\u0acd\u0ab0\u0ac0'],
  ['Tamil', '\u0bb8\u0bcd\u0bb0\u0bc0\u0ba4\u0bb0\u0ba9\u0bcd'],
  ['Telugu', '\u0c38\u0c4d\u0c24\u0c4d\u0c30\u0c40'],
  ['Kannada', '\u0c95\u0ccd\u0cb7\u0cae\u0cbe'],
  ['Malayalam', '\u0d36\u0d4d\u0d30\u0d40\u0d1c\u0d3f\u0d24\u0d4d'],
  ['Malayalam with an old last letter', '\u0d2e\u0d4b\u0d39\u0d28\u0d4d\u200d'],
  ['Sinhala with a joiner', '\u0dc1\u0dca\u200d\u0dbb\u0dd3'],
  ['Thai', '\u0e19\u0e49\u0e33\u0e1d\u0e19 \u0e17\u0e35\u0e48'],
  ['Lao', '\u0e84\u0eb3\u0ec1\u0e9e\u0e87'],
  ['Burmese with four marks', '\u1000\u103b\u1031\u102c\u103a'],
  ['Burmese with five marks', '\u101c\u103b\u103e\u1031\u102c\u1037'],
  ['Khmer with a joiner', '\u1791\u200c\u17ca\u17b8'],
  ['Tibetan', '\u0f66\u0f90\u0fb1\u0f7c\u0f0b'],
  ['Tibetan with three marks', '\u0f56\u0f66\u0f92\u0fb2\u0f74\u0f56\u0f66'],
  ['Mongolian', '\u182e\u180b\u1823'],
  ['Mongolian with a separated vowel', '\u1828\u1820\u1837\u180e\u1820'],
  ['Chinese', '\u674e\u96f7'],
  ['Japanese', '\u4f50\u85e4\u3055\u304f\u3089'],
  ['Japanese with a variant', '\u845b\u{e0100}\u98fe'],
  ['Korean', '\uae40\ubbfc\uc218'],
  ['old Korean in pieces', '\u1112\u119e\u11ab'],
  ['Cherokee', '\u13e3\u13b3\u13a9'],
  ['Adlam', '\u{1e900}\u{1e945}\u{1e923}'],
  ['a family of emoji', `Ana ${FAMILY}`],
  ['a skin', 'Ana \u{1f469}\u{1f3fd}\u200d\u{1f680}'],
  ['a rainbow', 'Ana \u{1f3f3}\ufe0f\u200d\u{1f308}'],
  ['a flag', 'Ana \u{1f1e9}\u{1f1ea}'],
  ['the flag of a region', `Ana ${ENGLAND}`],
  ['a heart in colour', 'Ana \u2764\ufe0f'],
  ['a heart without', 'Ana \u2764\ufe0e'],
  ['a key of emoji', '1\ufe0f\u20e3'],
  ['letters in circles', '\u24b6\u24dd\u24d0'],
  ['digits', '007'],
];

/** What hides something, or pretends to be something else. */
const ATTACKS: [string, string, string][] = [
  ['isolates of a contacts app', '\u2068Ana\u2069', 'Ana'],
  ['a mark of a contacts app', '\u200f\u05d3\u05e0\u05d4', '\u05d3\u05e0\u05d4'],
  ['a mark behind', 'Ana\u200e', 'Ana'],
  ['an Arabic letter mark', '\u061cAna', 'Ana'],
  ['an override', 'a\u202eb', 'ab'],
  ['an embedding', '\u202bAna\u202c', 'Ana'],
  ['isolates that are never closed', '\u2066\u2067\u2068Ana', 'Ana'],
  ['soft hyphens', 'A\u00adn\u200ba\ufeff', 'Ana'],
  ['zero width spaces', 'A\u200bn\u200ba', 'Ana'],
  ['word joiners', 'A\u2060n\u2064a', 'Ana'],
  ['joiners of Latin', 'A\u200dn\u200ca', 'Ana'],
  ['joiners at the ends', '\u200dAna \u200c \u200dBo\u200d\u200d', 'Ana Bo'],
  ['two joiners', '\u0bb6\u0bcd\u200d\u200d\u0bb0', '\u0bb6\u0bcd\u200d\u0bb0'],
  ['a selector of nothing', 'A\ufe0fn\u{e0101}a', 'Ana'],
  ['a selector of Mongolian', 'A\u180bna', 'Ana'],
  ['a tag', 'A\u{e0041}na', 'Ana'],
  ['a letter in tags', 'Ana\u{e0020}\u{e0068}\u{e0069}\u{e007f}', 'Ana'],
  ['a grapheme joiner', 'A\u034fna', 'Ana'],
  ['Hangul fillers', 'A\u3164\u115f\u1160\uffa0na', 'Ana'],
  ['an annotation', '\ufff9Ana\ufffaBo\ufffb', 'AnaBo'],
  ['an object that was not copied', 'Ana\ufffc', 'Ana'],
  ['a character for private use', 'Ana\ue000\u{f0000}', 'Ana'],
  ['no character', 'Ana\ufffe\ufdd0\u{1ffff}', 'Ana'],
  ['an Arabic sign around nothing', 'Ana\u0600\u06dd', 'Ana'],
  ['blanks of every kind', 'A\u00a0\u1680\u2003\u202f\u3000\u2800\u2028\u2029B', 'A B'],
  ['lines', 'a\nb\tc', 'a b c'],
  ['spaces', '  Ada   Lovelace ', 'Ada Lovelace'],
  ['letters in pieces', 'Zoe\u0308', 'Zo\u00eb'],
  ['half of a letter of a Mac', 'e\u200b\u0301', '\u00e9'],
  ['marks over the line above', ZALGO, '\u00c1\u0316\u0316\u0316na'],
  ['marks with joiners between', `A${'\u0301\u200d'.repeat(20)}na`, '\u00c1\u0301\u0301\u0301na'],
  ['marks around', `A${'\u20dd'.repeat(9)}`, 'A\u20dd\u20dd\u20dd'],
  ['marks beside', `\u1000${'\u1031'.repeat(40)}`, `\u1000${'\u1031'.repeat(8)}`],
  ['marks without a letter', '\u0301\u0489Ana', 'Ana'],
];

describe('a name', () => {
  test.each(REAL_NAMES)('in %s stays as it is', (_script, typed) => {
    expect(displayNameSchema.parse(typed)).toBe(typed.normalize('NFC'));
    expect(roomTitleSchema.parse(typed)).toBe(typed.normalize('NFC'));
    expect(chatTextSchema.parse(typed)).toBe(typed.normalize('NFC'));
  });

  test.each(REAL_NAMES)('in %s is the same when it was typed in pieces', (_script, typed) => {
    expect(displayNameSchema.parse(typed.normalize('NFD'))).toBe(typed.normalize('NFC'));
  });

  test.each(ATTACKS)('with %s is read without', (_what, typed, name) => {
    expect(displayNameSchema.parse(typed)).toBe(name);
    expect(displayNameSchema.parse(name)).toBe(name);
    expect(roomTitleSchema.parse(typed)).toBe(name);
  });

  test.each(INVISIBLE)('%j is refused as empty', (typed) => {
    expect(displayNameSchema.safeParse(typed).error?.issues[0]?.code).toBe('too_small');
  });

  test.each([
    ['a dot', '.'],
    ['dashes', '\u2014 \u2014'],
    ['a bullet', '\u2022'],
    ['a character that looks like a blank', '\u303f'],
    ['an emoji', '\u{1f388}'],
    ['a family of emoji', FAMILY],
    ['the flag of a region', ENGLAND],
    ['a mark on a blank', '\u00a0\u0301.'],
  ])('of %s alone is refused: nobody can read it out', (_what, typed) => {
    expect(displayNameSchema.safeParse(typed).error?.issues[0]?.code).toBe('custom');
    expect(roomTitleSchema.safeParse(typed).success).toBe(false);
  });

  test.each([
    ['a null character', 'a\u0000b'],
    ['an escape sequence', 'a\u001b[31m'],
    ['half of a pair', 'Ana \ud83d'],
    ['the other half', '\ude00'],
    ['65 letters', 'x'.repeat(65)],
    ['257 characters that do not show', `${'\u200b'.repeat(256)}x`],
  ])('with %s is refused', (_what, typed) => {
    expect(displayNameSchema.safeParse(typed).error?.issues[0]?.code).toMatch(/invalid_format|too_big/);
  });
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
    ['  hello\n\tyou  ', 'hello\n\tyou'],
    ['a\r\nb\u2028c\u2029d\u0085e', 'a\nb\nc\nd\ne'],
    // The page isolates each message. Marks of direction inside can only turn round what stands beside them.
    ['\u200f\u05e9\u05dc\u05d5\u05dd!\u200f', '\u05e9\u05dc\u05d5\u05dd!'],
    ['see \u202emoc.elpmaxe\u202c', 'see moc.elpmaxe'],
    ['https://a.example/\u2067x\u2069', 'https://a.example/x'],
    ['e\u0301', '\u00e9'],
    ['pay\u200bpal \u{e0041}\u{e0042}', 'paypal'],
    ['red \u001b[31m bell \u0007.', 'red [31m bell .'],
    [`${'\u0301\u200b'.repeat(100)}x`, '\u0301\u0301\u0301x'],
    ['\u2800\u28ff\u2800 braille', '\u2800\u28ff\u2800 braille'],
    ['\u06dd \u0661', '\u06dd \u0661'],
    [FAMILY, FAMILY],
    ['\u{1f44d}', '\u{1f44d}'],
    ['?', '?'],
  ])('%j is read as %j', (typed, text) => {
    expect(chatTextSchema.parse(typed)).toBe(text);
    expect(chatTextSchema.parse(text)).toBe(text);
  });

  test.each(INVISIBLE)('%j is refused as empty', (typed) => {
    expect(chatTextSchema.safeParse(typed).error?.issues[0]?.code).toBe('too_small');
  });

  test.each(['x'.repeat(CHAT_TEXT_MAX + 1), 'half \ud83d'])('%.20j is refused', (typed) => {
    expect(chatTextSchema.safeParse(typed).success).toBe(false);
  });
});

test('what was read once is in NFC, shows no direction and is the same when it is read again', () => {
  const pieces = Array.from(
    'A1 .\n\u0301\u0316\u200d\u200c\ufe0f\ufe00\u2800\u3164\u200f\u202e\u2068\u0d28\u0d4d\u0647\u064e\u1100\u1161\u11a8' +
      '\u00ad\u0bc6\u0bbe\u1823\u180b\u180e\u0f71\u0f72\u20e3\u0653\u0600\ue000\uffff\u09c7\u09be\u1031\u103a\u302e\u0344\u845b\u2764' +
      '\u{e0100}\u{1f469}\u{1f3fd}\u{1f3f4}\u{e0067}\u{e007f}\u{1d15e}',
  );
  const random = seeded(170);
  for (let round = 0; round < 20_000; round += 1) {
    const length = 1 + Math.floor(random() * 12);
    const typed = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
    for (const schema of [displayNameSchema, roomTitleSchema, chatTextSchema]) {
      const { data } = schema.safeParse(typed);
      if (data === undefined) continue;
      const again = schema.safeParse(data).data;
      if (again !== data || data !== data.normalize('NFC') || /\p{Bidi_Control}|[\uffff\u00ad]/u.test(data))
        throw new Error(`${JSON.stringify(typed)} became ${JSON.stringify([data, again])}`);
    }
  }
});

/** The same numbers in each run: the generator mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
