/** Scripts that are written together with Latin and have no letters that look like it: Chinese, Japanese, Korean. */
const EAST_ASIAN = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo'];

/** Scripts without letters of Latin's look among their marks: there a mark is a part of the spelling. */
const SPELT_WITH_MARKS = (
  'Armenian Georgian Hebrew Arabic Thaana Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam ' +
  `Sinhala Thai Lao Tibetan Myanmar Khmer Ethiopic ${EAST_ASIAN.join(' ')}`
).split(' ');

/** The letters of living languages. What else Unicode calls Latin, as the letters of phonetics, looks like these. */
const LATIN =
  /^[a-z\u00df-\u00f6\u00f8-\u017e\u01a1\u01b0\u01ce-\u01dc\u01e7\u01eb\u01f9\u0219\u021b\u1e01-\u1ef9]$/u;

const SCRIPTS = new Map([
  ['Latin', LATIN],
  ...['Cyrillic', 'Greek', ...SPELT_WITH_MARKS].map(
    (name) => [name, new RegExp(`^\\p{Script=${name}}$`, 'u')] as const,
  ),
]);

/** What belongs to every script. The last three are written in Japanese and Catalan. */
const OF_EVERY_SCRIPT = /^[0-9.\-\u30fc\u30fb\u00b7]$/u;
const MARK = /^\p{Mn}$/u;

const ASCII = /^[!-~]*$/;

/**
 * The host of a link as it is shown: as it was typed if all its letters are of one script, or of one that is written
 * together with Latin and looks like none of it. Else it is the ASCII form: with Cyrillic letters `аррӏе.com` is a site
 * of its own, and `xn--80ak6aa92e.com` says so.
 *
 * @param typed The host as the message has it.
 * @param ascii The same host as the browser asks for it.
 */
export function hostInWords(typed: string, ascii: string): string {
  if (ASCII.test(typed)) return typed;
  const host = typed.normalize('NFC').toLowerCase();
  // The browser reads the Ⓔ in a circle as an "e": what is shown must be what it asks for.
  return host === host.normalize('NFKC') && hasOneScript(host) ? typed : ascii;
}

function hasOneScript(host: string): boolean {
  const found = new Set<string>();
  let hasMarks = false;
  for (const character of host) {
    if (OF_EVERY_SCRIPT.test(character)) continue;
    if (MARK.test(character)) hasMarks = true;
    else found.add(scriptOf(character));
  }
  if (found.has('foreign')) return false;
  const beside = [...found].filter((name) => name !== 'Latin');
  if (hasMarks && !(beside.length === found.size && beside.every((name) => SPELT_WITH_MARKS.includes(name))))
    return false;
  return found.size <= 1 || beside.every((name) => EAST_ASIAN.includes(name));
}

function scriptOf(character: string): string {
  for (const [name, letter] of SCRIPTS) if (letter.test(character)) return name;
  return 'foreign';
}
