import { getLocale, getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { WordsProvider } from '../components/page/words-provider.tsx';

/** The words of the account pages, besides those that every page has. */
export async function AccountWords({ children }: { children: ReactNode }) {
  const [locale, messages] = await Promise.all([getLocale(), getMessages()]);
  const { accounts, basics, crash, errors, header, landing, people, room } = messages;
  return (
    <WordsProvider
      locale={locale}
      messages={{ accounts, basics, crash, errors, header, landing, people, room }}
    >
      {children}
    </WordsProvider>
  );
}
