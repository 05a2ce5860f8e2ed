/** What the page knows of a language: its name in itself, and from which side it is written. */
type LanguageFacts = { readonly name: string; readonly direction: 'ltr' | 'rtl' };

/** The languages that Parley speaks, by their codes. docs/languages.md says how to add one. */
export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr' },
  de: { name: 'Deutsch', direction: 'ltr' },
  fr: { name: 'Français', direction: 'ltr' },
  es: { name: 'Español', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
} as const satisfies Record<string, LanguageFacts>;

export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_CODES = Object.keys(LANGUAGES) as readonly Language[];

/** For people whose languages Parley does not speak. Its catalogue is complete by definition. */
export const DEFAULT_LANGUAGE: Language = 'en';

/** The cookie with the language that a person chose. */
export const LANGUAGE_COOKIE = 'parley-language';

export function isLanguage(code: unknown): code is Language {
  return typeof code === 'string' && Object.hasOwn(LANGUAGES, code);
}

/** The language of a locale such as `de-AT`. */
export function languageOf(locale: string): Language {
  const [code] = locale.split('-');
  return isLanguage(code) ? code : DEFAULT_LANGUAGE;
}
