import type { createTranslator } from 'next-intl';
import type { English } from './catalogues/index.ts';

/** Gives the text of a key in the language of the page; a key that the English catalogue lacks fails the type check. */
export type Translate = ReturnType<typeof createTranslator<English>>;

/** What a function needs to make words: the catalogue, and the locale for dates, numbers and lists. */
export type Words = { t: Translate; locale: string };

declare module 'next-intl' {
  // By this interface next-intl knows the keys and the arguments of each text.
  interface AppConfig {
    Messages: English;
  }
}
