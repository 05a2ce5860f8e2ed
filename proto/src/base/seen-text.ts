/*
 * What of a text can be seen. Characters that do not show are taken out unless they shape what stands beside them:
 * joiners between letters that join, variation selectors after what varies, flags. The properties of Unicode decide, so
 * every living script can be written.
 */

/** Direction marks, embeddings, isolates and overrides. The page isolates names and messages itself. */
const DIRECTION = /\p{Bidi_Control}/gu;

/** Letters and symbols without ink, which are no spaces to Unicode. */
export const BLANKS = /[\u{16fe4}\u2800\u{13441}\u{13442}\u{1d159}]/gu;

/** Format characters with ink: Arabic and Syriac signs that enclose the digits or letters after them. */
const INKED_FORMAT = '\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2';

/** Joiners, variation selectors and the separators of Mongolian, which a second look judges by their neighbours. */
const SHAPING = '\\u200c\\u200d\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}\\u180b-\\u180f';

/** The flag of a region: tag characters show only there. */
const FLAG = '\\u{1f3f4}[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{1,8}\\u{e007f}';

/**
 * Characters that do not show by themselves, or are no characters; U+FFFC stands for a picture that was not copied. A
 * match that begins with a flag is kept.
 */
const HIDDEN = new RegExp(
  `${FLAG}|(?![${SHAPING}${INKED_FORMAT}])[\\p{Cf}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\ufffc]`,
  'gu',
);

/** Scripts in which a joiner changes the shape of letters: those that join their letters, and those of India and around it. */
const CURSIVE = scripts('Arab Syrc Mong Nkoo Mand Phag Adlm Rohg');
const INDIC = scripts(
  'Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Tibt Mymr Khmr Bali Java Sund Cham Lana Saur Cakm Limb Mtei Newa Tirh Gran Kthi Modi Shrd',
);
const JOINING = `(?=[\\p{L}\\p{M}])[${CURSIVE}${INDIC}]`;

/**
 * A joiner stays between two letters or marks of such scripts, after a mark of an Indic one (the last consonant of
 * many names in Malayalam), after an Arabic he, and a zero-width joiner between two pictures of an emoji.
 */
const JOINERS = new RegExp(
  [
    `(?<=${JOINING})[\\u200c\\u200d](?=${JOINING})`,
    `(?<=(?=\\p{M})[${INDIC}]|\\u0647)\\u200d`,
    '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})',
    '(?<loose>[\\u200c\\u200d])',
  ].join('|'),
  'gu',
);
/** Text that people write needs two. */
const JOINER_ROUNDS_MAX = 4;
const REPEATED_JOINERS = /([\u200c\u200d])[\u200c\u200d]+/gu;

/** A selector stays after what has variants. The emoji of a key is a digit, a selector and the key. */
const SELECTORS = new RegExp(
  [
    '(?<=\\p{Extended_Pictographic}|[0-9#*](?=.\\u20e3))[\\ufe0e\\ufe0f]',
    '(?<=(?!\\p{M})[\\p{Ideographic}\\p{Sm}\\p{scx=Mymr}\\p{scx=Phag}])[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]',
    '(?<=(?=\\p{L})\\p{scx=Mong})[\\u180b-\\u180f]',
    '(?<loose>[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}\\u180b-\\u180f])',
  ].join('|'),
  'gu',
);

const RUN_OF_MARKS = /\p{M}[\p{M}\u200c\u200d]*/gu;
/** Marks above, below and around a letter, which pile up. Other marks (Mc) stand beside it, as in Burmese. */
const PILES_UP = /[\p{Mn}\p{Me}\u302e\u302f\u{16ff0}\u{16ff1}\u{1d165}-\u{1d172}]/u;
const PILED_MARKS_MAX = 3;
/** In all. Burmese has words with five, and longer ones are not known. */
const MARKS_MAX = 8;

/** A character with ink. A mark alone has none that can be read. */
const INK = /[^\p{Default_Ignorable_Code_Point}\p{Z}\p{C}\p{M}]|[\p{Co}\p{Cn}]/u;
const LETTER_OR_DIGIT = /(?!\p{M})[\p{Alphabetic}\p{N}]/u;

/** The text in NFC, without characters that do not show and with at most three marks that pile up on a letter. */
export function asSeen(text: string): string {
  const shown = text
    .replace(DIRECTION, '')
    .replace(HIDDEN, (match) => (match.startsWith('\u{1f3f4}') ? match : ''))
    .normalize('NFC')
    .replace(SELECTORS, keepUnlessLoose)
    .replace(REPEATED_JOINERS, '$1')
    .normalize('NFC')
    .replace(RUN_OF_MARKS, cutMarks);
  return withoutLooseJoiners(shown);
}

/** Where a joiner goes, NFC may put the marks around it in another order, and these decide about the next joiner. */
function withoutLooseJoiners(text: string): string {
  let read = text;
  for (let round = 0; round < JOINER_ROUNDS_MAX; round += 1) {
    const next = read.replace(JOINERS, keepUnlessLoose).normalize('NFC');
    if (next === read) return read;
    read = next;
  }
  return read.replace(/[\u200c\u200d]/gu, '').normalize('NFC');
}

/** Whether anything of a text that is as seen can be seen. */
export function hasInk(text: string): boolean {
  return INK.test(text.replace(BLANKS, ' '));
}

export function hasLetterOrDigit(text: string): boolean {
  return LETTER_OR_DIGIT.test(text.replace(BLANKS, ' '));
}

function keepUnlessLoose(match: string, ...rest: unknown[]): string {
  const groups = rest.at(-1) as { loose?: string };
  return groups.loose === undefined ? match : '';
}

function cutMarks(run: string): string {
  let piled = 0;
  let all = 0;
  let kept = '';
  for (const character of run) {
    const isMark = character !== '\u200c' && character !== '\u200d';
    if (isMark) {
      piled = PILES_UP.test(character) ? piled + 1 : 0;
      all += 1;
    }
    if (piled <= PILED_MARKS_MAX && all <= MARKS_MAX) kept += character;
  }
  return kept;
}

function scripts(names: string): string {
  return names
    .split(' ')
    .map((name) => `\\p{scx=${name}}`)
    .join('');
}
