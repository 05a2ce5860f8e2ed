'use client';

import { Languages } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { rememberLanguage } from '../../browser/chosen-language.ts';
import { useWords } from '../../hooks/use-words.ts';
import { isLanguage, LANGUAGE_CODES, LANGUAGES, languageOf } from '../../languages/languages.ts';
import { Select } from '../basics/select.tsx';

const OPTIONS = LANGUAGE_CODES.map((code) => ({ value: code, label: LANGUAGES[code].name, lang: code }));

/** Chooses the language of the page. The server writes the page anew, and what runs in it goes on: a call is not left. */
export function LanguageChoice({ className }: { className?: string }) {
  const { t, locale } = useWords();
  const router = useRouter();
  const [, startTransition] = useTransition();
  return (
    <Select
      label={t('basics.language')}
      icon={<Languages aria-hidden />}
      value={languageOf(locale)}
      options={OPTIONS}
      onChange={(code) => {
        if (!isLanguage(code)) return;
        rememberLanguage(code);
        startTransition(() => router.refresh());
      }}
      {...(className === undefined ? {} : { className })}
    />
  );
}
