import { describe, expect, test } from '@jest/globals';
import { SHORTCUTS, shortcutKey } from '../../src/browser/shortcuts.ts';
import { LANGUAGE_CODES } from '../../src/languages/languages.ts';
import { keyWords } from '../../src/words/shortcut-words.ts';
import { english, wordsIn } from '../support/words.ts';

describe('the keys of actions', () => {
  test.each([
    ['microphone', 'M'],
    ['settings', ','],
    ['help', '?'],
    ['previous-page', 'PgUp'],
    ['next-page', 'PgDn'],
  ] as const)('that of %s is %s on an English keyboard', (id, key) => {
    expect(keyWords(english, id)).toBe(key);
  });

  test('have the words of the keyboards of a language', () => {
    const pages = (language: 'de' | 'fr' | 'es') =>
      (['previous-page', 'next-page'] as const).map((id) => keyWords(wordsIn(language), id));
    expect(pages('de')).toEqual(['Bild ↑', 'Bild ↓']);
    expect(pages('fr')).toEqual(['Pg préc', 'Pg suiv']);
    expect(pages('es')).toEqual(['Re Pág', 'Av Pág']);
  });

  test('have a sign where the key is one, in every language', () => {
    for (const { id, key } of SHORTCUTS) {
      expect(shortcutKey(id)).toBe(key.length === 1 ? key.toUpperCase() : undefined);
      for (const language of LANGUAGE_CODES) expect(keyWords(wordsIn(language), id)).toMatch(/\S/);
    }
  });

  test.each(LANGUAGE_CODES)('do something that has words of its own in "%s"', (language) => {
    const { t } = wordsIn(language);
    const words = SHORTCUTS.map(({ id }) => t(`settings.shortcuts.actions.${id}`));
    expect(new Set(words).size).toBe(SHORTCUTS.length);
  });
});
