import { createTranslator } from 'next-intl';
import { CATALOGUES, type English } from '../../src/languages/catalogues/index.ts';
import type { Language } from '../../src/languages/languages.ts';
import type { Words } from '../../src/languages/words.ts';

/** The words of the page in a language. A missing key or argument throws. */
export function wordsIn(language: Language, locale: string = language): Words {
  const t = createTranslator({
    locale,
    // Another catalogue has the keys of the English one; only the types of its texts are wider.
    messages: CATALOGUES[language] as English,
    timeZone: 'UTC',
    onError: (error) => {
      throw error;
    },
  });
  return { t, locale };
}

export const english = wordsIn('en');
