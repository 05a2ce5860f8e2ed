'use client';

import { ACCOUNT_PAGES } from '@parley/proto/rest';
import Link from 'next/link';
import { withNext } from '../../browser/links/next-page.ts';
import { ROOMS_PAGE } from '../../browser/links/room-pages.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Card } from '../lists/card.tsx';

const LINK = 'rounded underline underline-offset-4 hover:text-ink';

/** What a guest may expect of their rooms, and how to keep them. */
export function GuestNote() {
  const { t } = useWords();
  return (
    <Card className="mb-5 text-sm text-ink-soft">
      <p>{t('rooms.guest.text')}</p>
      <p className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
        <Link href={withNext(ACCOUNT_PAGES.invitation, ROOMS_PAGE)} className={LINK}>
          {t('rooms.guest.register')}
        </Link>
        <Link href={withNext(ACCOUNT_PAGES.logIn, ROOMS_PAGE)} className={LINK}>
          {t('rooms.guest.logIn')}
        </Link>
      </p>
    </Card>
  );
}
