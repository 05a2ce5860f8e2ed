import { match } from '@formatjs/intl-localematcher';
import Negotiator from 'negotiator';
import { DEFAULT_LANGUAGE, isLanguage, LANGUAGE_CODES, type Language } from './languages.ts';

/** What a request says about languages; either may be missing or malformed. */
export type LanguageWishes = {
  /** The value of the cookie `LANGUAGE_COOKIE`. */
  cookie?: string | undefined;
  acceptLanguage?: string | undefined;
};

/** `language` chooses the catalogue. `locale` is the same language with the region of the person, for dates and numbers. */
export type PreferredLanguage = { language: Language; locale: string };

const HEADER_LENGTH_MAX = 500;
const WISHES_MAX = 20;

/** The language of a page: the chosen one, or else that which fits the languages of the browser best, or else English. Never throws. */
export function preferredLanguage({ cookie, acceptLanguage }: LanguageWishes): PreferredLanguage {
  const wishes = wishedLocales(acceptLanguage);
  const language = isLanguage(cookie) ? cookie : bestLanguage(wishes);
  const regional = wishes.find((wish) => wish.language === language && wish.region !== undefined);
  return { language, locale: regional ? `${language}-${regional.region}` : language };
}

function bestLanguage(wishes: readonly Intl.Locale[]): Language {
  const best = match(
    wishes.map(({ baseName }) => baseName),
    LANGUAGE_CODES,
    DEFAULT_LANGUAGE,
  );
  return isLanguage(best) ? best : DEFAULT_LANGUAGE;
}

/** The well-formed locales of the header, the dearest first. */
function wishedLocales(header = ''): Intl.Locale[] {
  const headers = { 'accept-language': header.slice(0, HEADER_LENGTH_MAX) };
  const tags = new Negotiator({ headers }).languages().slice(0, WISHES_MAX);
  return tags.map(parseLocale).filter((locale) => locale !== undefined);
}

function parseLocale(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}
