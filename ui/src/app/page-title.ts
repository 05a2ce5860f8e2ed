import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';

/** Makes the title of a page, in the language of the request. */
export function pageTitle(page: 'call' | 'check' | 'notFound'): () => Promise<Metadata> {
  return async () => {
    const t = await getTranslations();
    return { title: t(`room.titles.${page}`) };
  };
}
