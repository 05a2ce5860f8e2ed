import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Words } from '../languages/words.ts';

/** The words of the page's language. For components of the browser and, if they are not async, of the server. */
export function useWords(): Words {
  const t = useTranslations();
  const locale = useLocale();
  return useMemo(() => ({ t, locale }), [t, locale]);
}
