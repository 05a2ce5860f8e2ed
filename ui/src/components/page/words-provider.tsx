'use client';

import { NextIntlClientProvider } from 'next-intl';
import { Direction } from 'radix-ui';
import type { ReactNode } from 'react';
import type { English } from '../../languages/catalogues/index.ts';
import { LANGUAGES, languageOf } from '../../languages/languages.ts';

type WordsProviderProps = {
  locale: string;
  /** The areas of the catalogue that the page shows. */
  messages: Partial<English>;
  children: ReactNode;
};

/** Gives the components of the browser the words of the language, and those of Radix its direction. */
export function WordsProvider({ locale, messages, children }: WordsProviderProps) {
  return (
    <NextIntlClientProvider locale={locale} messages={messages} timeZone="UTC">
      <Direction.Provider dir={LANGUAGES[languageOf(locale)].direction}>{children}</Direction.Provider>
    </NextIntlClientProvider>
  );
}
