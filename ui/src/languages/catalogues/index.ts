import type { Language } from '../languages.ts';
import type { Translation } from '../translation.ts';
import arabic from './ar/index.ts';
import german from './de/index.ts';
import english from './en/index.ts';
import spanish from './es/index.ts';
import french from './fr/index.ts';

/** The catalogue that the others translate. Its type knows each key, and the arguments of each text. */
export type English = typeof english;

export const CATALOGUES: Readonly<Record<Language, Translation<English>>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  ar: arabic,
};
