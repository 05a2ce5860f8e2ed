import type { Metadata, Viewport } from 'next';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import { getLocale, getMessages, getTranslations } from 'next-intl/server';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { CALL_NEEDS_SCRIPT } from '../browser/call-needs.ts';
import { PAGE_LOAD_SCRIPT } from '../browser/page-load.ts';
import { PageLate } from '../components/page/page-late.tsx';
import { PageRuns } from '../components/page/page-runs.tsx';
import { WordsProvider } from '../components/page/words-provider.tsx';
import { LANGUAGES, languageOf } from '../languages/languages.ts';
import './globals.css';

/** Each response has its own nonce, so no page can be rendered in advance. */
export const dynamic = 'force-dynamic';

export async function generateMetadata(): Promise<Metadata> {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()]);
  return {
    title: { default: 'Parley', template: '%s · Parley' },
    description: t('landing.description'),
    manifest: `/manifest.webmanifest?language=${languageOf(locale)}`,
    applicationName: 'Parley',
    appleWebApp: { capable: true, title: 'Parley', statusBarStyle: 'black-translucent' },
    robots: { index: false },
    referrer: 'no-referrer',
    formatDetection: { telephone: false },
  };
}

export const viewport: Viewport = {
  themeColor: '#0b1013',
  colorScheme: 'dark',
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const [locale, messages] = await Promise.all([getLocale(), getMessages()]);
  const { basics, crash, errors, header, landing, room } = messages;
  const language = languageOf(locale);
  return (
    // The script changes this element before React sees it.
    <html
      lang={language}
      dir={LANGUAGES[language].direction}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <head>
        <script
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: `${CALL_NEEDS_SCRIPT};${PAGE_LOAD_SCRIPT}` }}
        />
      </head>
      <body>
        {/* What every page may show. `AllWords` gives a page the rest. */}
        <WordsProvider locale={locale} messages={{ basics, crash, errors, header, landing, room }}>
          {children}
          <PageLate />
          <PageRuns />
        </WordsProvider>
      </body>
    </html>
  );
}
