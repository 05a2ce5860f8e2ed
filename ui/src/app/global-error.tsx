'use client';

import { useSyncExternalStore } from 'react';
import { CRASH_WORDS } from '../languages/crash-words.ts';
import { DEFAULT_LANGUAGE, LANGUAGES, languageOf, type Language } from '../languages/languages.ts';

const never = () => () => {};
const readLanguage = (): Language => languageOf(document.documentElement.lang);

/** Replaces everything if the root layout threw, so it cannot use our styles and components, and has its words with it. */
export default function GlobalError() {
  const language = useSyncExternalStore(never, readLanguage, () => DEFAULT_LANGUAGE);
  const { title, advice, loadAgain } = CRASH_WORDS[language];
  return (
    <html lang={language} dir={LANGUAGES[language].direction}>
      <body
        style={{
          background: '#0b1013',
          color: '#f2f5f6',
          fontFamily: 'system-ui',
          padding: '4rem 1.5rem',
          textAlign: 'center',
        }}
      >
        <h1>{title}</h1>
        <p>{advice}</p>
        <button
          type="button"
          onClick={() => location.reload()}
          style={{ padding: '0.75rem 1.25rem', fontSize: '1rem' }}
        >
          {loadAgain}
        </button>
      </body>
    </html>
  );
}
