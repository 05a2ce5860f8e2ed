import { getLocale, getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { WordsProvider } from '../components/page/words-provider.tsx';

/** For the pages of a call and of the check, which need the whole catalogue. The other pages are lighter without it. */
export async function AllWords({ children }: { children: ReactNode }) {
  const [locale, messages] = await Promise.all([getLocale(), getMessages()]);
  return (
    <WordsProvider locale={locale} messages={messages}>
      {children}
    </WordsProvider>
  );
}
