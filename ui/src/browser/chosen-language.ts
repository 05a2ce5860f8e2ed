import { LANGUAGE_COOKIE, type Language } from '../languages/languages.ts';

const KEPT_S = 400 * 24 * 60 * 60;

/** Remembers the language in which the server shall write the pages for this browser. */
export function rememberLanguage(language: Language): void {
  // A page in a frame of another site has cookies only if they say so, and of its own for each site.
  const scope = window.top === window ? 'SameSite=Lax' : 'SameSite=None; Partitioned';
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${LANGUAGE_COOKIE}=${language}; Path=/; Max-Age=${KEPT_S}; ${scope}${secure}`;
}
