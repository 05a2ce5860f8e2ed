'use client';

import type { RoomCode } from '@parley/proto/ids';
import Link from 'next/link';
import { ROOMS_PAGE } from '../../browser/links/room-pages.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { Card } from '../lists/card.tsx';

/** For somebody who may come into a room and does not lead it. */
export function NotYours({ code }: { code: RoomCode }) {
  const { t } = useWords();
  return (
    <Card>
      <h2 className="text-lg font-semibold">{t('rooms.notYours.title')}</h2>
      <p className="mt-2 text-sm text-ink-soft">{t('rooms.notYours.advice')}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button asChild tone="primary" size="small">
          <Link href={`/r/${code}`}>{t('rooms.join')}</Link>
        </Button>
        <Button asChild size="small">
          <Link href={ROOMS_PAGE}>{t('rooms.back')}</Link>
        </Button>
      </div>
    </Card>
  );
}
