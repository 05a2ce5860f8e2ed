import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { CATALOGUES, type English } from './catalogues/index.ts';
import { isLanguage, LANGUAGE_COOKIE, languageOf } from './languages.ts';
import { preferredLanguage } from './preferred-language.ts';

/** Words and locale of one request to the server; `next.config.ts` names this file. */
export default getRequestConfig(async ({ locale: given }) => {
  // A route that knows its language gives it.
  const locale = isLanguage(given) ? given : (await wishedLanguage()).locale;
  // The keys of a catalogue are those of English; only its texts are others.
  const messages = CATALOGUES[languageOf(locale)] as English;
  // The words hold no dates. The zone keeps next-intl from guessing that of the server.
  return { locale, messages, timeZone: 'UTC' };
});

async function wishedLanguage() {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return preferredLanguage({
    cookie: jar.get(LANGUAGE_COOKIE)?.value,
    acceptLanguage: head.get('accept-language') ?? undefined,
  });
}
