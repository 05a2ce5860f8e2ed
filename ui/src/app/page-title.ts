import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { English } from '../languages/catalogues/index.ts';

type Page = 'call' | 'check' | 'notFound' | 'room' | 'rooms' | 'newRoom' | 'visits' | 'calls' | 'operator';

/** Makes the title of a page, in the language of the request. */
export function pageTitle(page: Page): () => Promise<Metadata> {
  return async () => {
    const t = await getTranslations();
    return { title: t(`room.titles.${page}`) };
  };
}

/** The title of an account page, made as `pageTitle` makes it. */
export function accountTitle(page: keyof English['accounts']['titles']): () => Promise<Metadata> {
  return async () => {
    const t = await getTranslations();
    return { title: t(`accounts.titles.${page}`) };
  };
}
