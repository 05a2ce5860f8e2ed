'use client';

import type { Visit } from '@parley/proto/rest';
import { History } from 'lucide-react';
import Link from 'next/link';
import { pageSession } from '../../account/page-session.ts';
import { durationWords } from '../../format/durations.ts';
import { momentWords } from '../../format/moments.ts';
import { usePageList } from '../../hooks/rooms/use-page-list.ts';
import { useWords } from '../../hooks/use-words.ts';
import { orNothing } from '../../rooms/own-list.ts';
import { nameInWords } from '../../words/name-words.ts';
import { roomInWords, roomName } from '../../words/room-words.ts';
import { Button } from '../basics/button.tsx';
import { EmptyState } from '../basics/empty-state.tsx';
import { Card } from '../lists/card.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { PagedItems } from '../lists/paged-items.tsx';
import { GuestNote } from './guest-note.tsx';

/** The calls that a person was in, whosever rooms they were. */
export function VisitsPage() {
  const { t } = useWords();
  return (
    <ListPage title={t('rooms.visitsTitle')}>
      {(account) => (
        <>
          {account === null ? <GuestNote /> : null}
          <Visits />
        </>
      )}
    </ListPage>
  );
}

async function fetchVisits(before: number | undefined) {
  const { visits, more } = await orNothing(pageSession.rest.call('listVisits', { query: { before } }), {
    visits: [],
    more: false,
  });
  return { items: visits, next: more ? (visits.at(-1)?.joinedAt ?? null) : null };
}

function Visits() {
  const { t } = useWords();
  const list = usePageList(fetchVisits);
  return (
    <PagedItems
      label={t('rooms.visitsTitle')}
      list={list}
      keyOf={({ code, joinedAt, displayName }) => `${code} ${joinedAt} ${displayName}`}
      empty={
        <EmptyState icon={<History />} title={t('rooms.visits.empty.title')}>
          {t('rooms.visits.empty.text')}
        </EmptyState>
      }
    >
      {(visit) => <VisitCard visit={visit} />}
    </PagedItems>
  );
}

function VisitCard({ visit }: { visit: Visit }) {
  const words = useWords();
  const { t, locale } = words;
  const { code, title, displayName, joinedAt, leftAt } = visit;
  const time = momentWords(locale, joinedAt);
  return (
    <Card className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-56">
        <h2 dir="auto" className="text-base font-medium wrap-anywhere">
          {roomName(words, title)}
        </h2>
        <p className="mt-0.5 text-sm text-ink-soft">
          {leftAt === null
            ? t('rooms.visits.now', { time })
            : t('rooms.visits.past', { time, duration: durationWords(words, leftAt - joinedAt) })}
        </p>
        <p className="mt-0.5 text-sm text-ink-faint">
          {t('rooms.visits.as', { name: nameInWords(words, displayName) })}
        </p>
      </div>
      <Button asChild size="small">
        <Link href={`/r/${code}`} aria-label={t('rooms.joinNamed', { room: roomInWords(words, visit) })}>
          {t('rooms.join')}
        </Link>
      </Button>
    </Card>
  );
}
