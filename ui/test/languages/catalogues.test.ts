import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CATALOGUES } from '../../src/languages/catalogues/index.ts';
import { LANGUAGE_CODES } from '../../src/languages/languages.ts';
import { readText, textsOf } from '../support/catalogue-texts.ts';

const ENGLISH = textsOf(CATALOGUES.en);
const OTHERS = LANGUAGE_CODES.filter((language) => language !== 'en');
const SOURCES = join(import.meta.dirname, '../../src');

/** What has the same word in English. */
const SAME_AS_ENGLISH: readonly RegExp[] = [
  // Keys of a keyboard.
  /^Pg(?:Up|Dn)$/,
  // Names, signs and units.
  /^(?:[^\p{L}]|Parley|WebSocket|UDP|TCP|IPv6|TURN|kbit\/s|Mbit\/s|ms|\{[a-z]+\})*$/iu,
  /^(?:Chat|Code|Status|Name|Server|System|Jitter|Source|Messages?|Options?|Pages?|Clock|Audio|Video|Text|Bitrate)$/,
];

/** The code of the page without the catalogues. */
function sources(folder = SOURCES): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(
      (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('catalogues'),
    )
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('\n');
}

/** The patterns of all keys that the code names, as a literal or as a template with holes. */
function namedKeys(code: string): RegExp[] {
  const names = [...code.matchAll(/(['"`])([a-z]\w*(?:\.[^\s'"`.]+)+)\1/gi)].map(([, , name = '']) => name);
  const escaped = (text: string) => text.replaceAll(/[.*+?^$()[\]|\\]/g, '\\$&');
  return [...new Set(names)].map(
    (name) =>
      new RegExp(
        `^${name
          .split(/\$\{[^}]*\}/)
          .map(escaped)
          .join('[^.]+')}$`,
      ),
  );
}

describe('the English catalogue', () => {
  test('has no text that the code of the page does not use', () => {
    const named = namedKeys(sources());
    const unused = [...ENGLISH.keys()].filter((key) => !named.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });
});

describe.each(LANGUAGE_CODES)('the catalogue of "%s"', (language) => {
  const texts = textsOf(CATALOGUES[language]);

  test('names a control by the words that are seen on it, as speech input needs', () => {
    const seen = [...texts].flatMap(([key, name]) => {
      const label = key.endsWith('Named') ? texts.get(key.slice(0, -'Named'.length)) : undefined;
      return label === undefined
        ? []
        : [{ name: name.toLowerCase(), label: label.replace(/\s?…$/, '').toLowerCase() }];
    });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter(({ name, label }) => !name.includes(label))).toEqual([]);
  });

  test('has exactly the keys of the English one', () => {
    expect([...texts.keys()].toSorted()).toEqual([...ENGLISH.keys()].toSorted());
  });

  test('has no empty text, and none with spaces around it', () => {
    expect([...texts].filter(([, text]) => text.trim() !== text || text === '')).toEqual([]);
  });

  test('has the arguments of the English texts, and no dates, which Intl writes', () => {
    for (const [key, text] of texts) {
      const { args } = readText(text, language);
      expect({ key, args }).toEqual({ key, args: readText(ENGLISH.get(key) ?? '', 'en').args });
      expect(Object.values(args)).not.toEqual(expect.arrayContaining([expect.stringMatching(/date|time/)]));
    }
  });

  test('has every plural in all forms of the language', () => {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const [key, text] of texts)
      for (const forms of readText(text, language).plurals)
        expect({ key, forms: forms.filter((form) => !form.startsWith('=')).toSorted() }).toEqual({
          key,
          forms: wanted,
        });
  });

  test('has the choices of the English texts', () => {
    for (const [key, text] of texts)
      expect({ key, choices: readText(text, language).choices }).toEqual({
        key,
        choices: readText(ENGLISH.get(key) ?? '', 'en').choices,
      });
  });
});

test.each(OTHERS)('"%s" has words of its own', (language) => {
  const texts = textsOf(CATALOGUES[language]);
  const same = [...texts].filter(
    ([key, text]) => text === ENGLISH.get(key) && !SAME_AS_ENGLISH.some((pattern) => pattern.test(text)),
  );
  expect(same).toEqual([]);
});
