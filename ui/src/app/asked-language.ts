import type { NextRequest } from 'next/server';
import { DEFAULT_LANGUAGE, isLanguage, type Language } from '../languages/languages.ts';

/** The language that the address of a file names. */
export function askedLanguage(request: NextRequest): Language {
  const asked = request.nextUrl.searchParams.get('language');
  return isLanguage(asked) ? asked : DEFAULT_LANGUAGE;
}
