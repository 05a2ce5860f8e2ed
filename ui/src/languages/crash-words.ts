import arabic from './catalogues/ar/pages/crash.ts';
import german from './catalogues/de/pages/crash.ts';
import english from './catalogues/en/pages/crash.ts';
import spanish from './catalogues/es/pages/crash.ts';
import french from './catalogues/fr/pages/crash.ts';
import type { Language } from './languages.ts';
import type { Translation } from './translation.ts';

/** For the page that shows when the one that brings the words has failed. */
export const CRASH_WORDS: Readonly<Record<Language, Translation<typeof english>>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  ar: arabic,
};
