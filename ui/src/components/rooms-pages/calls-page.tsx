'use client';

import type { RoomCode } from '@parley/proto/ids';
import type { PastCall } from '@parley/proto/rest';
import { History } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { durationWords } from '../../format/durations.ts';
import { momentWords } from '../../format/moments.ts';
import { usePageList } from '../../hooks/rooms/use-page-list.ts';
import { useWords } from '../../hooks/use-words.ts';
import type { FetchPage } from '../../rooms/page-list.ts';
import { Button } from '../basics/button.tsx';
import { EmptyState } from '../basics/empty-state.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { PagedItems } from '../lists/paged-items.tsx';

/** The calls of one room, for its owner. */
export function CallsPage({ code }: { code: RoomCode }) {
  const { t } = useWords();
  return (
    <ListPage
      title={t('history.title')}
      action={
        <Button asChild size="small">
          <Link href={`/rooms/${code}`}>{t('history.toRoom')}</Link>
        </Button>
      }
    >
      {() => <Calls code={code} />}
    </ListPage>
  );
}

function fetchCallsOf(code: RoomCode): FetchPage<PastCall, number> {
  return async (before) => {
    const { calls, more } = await pageSession.rest.call('listCalls', { params: { code }, query: { before } });
    return { items: calls, next: more ? (calls.at(-1)?.startedAt ?? null) : null };
  };
}

function Calls({ code }: { code: RoomCode }) {
  const { t } = useWords();
  const [fetchCalls] = useState(() => fetchCallsOf(code));
  const list = usePageList(fetchCalls);
  return (
    <PagedItems
      label={t('history.title')}
      list={list}
      keyOf={({ callId }) => callId}
      empty={
        <EmptyState icon={<History />} title={t('history.empty.title')}>
          {t('history.empty.text')}
        </EmptyState>
      }
    >
      {(call) => <CallLink code={code} call={call} />}
    </PagedItems>
  );
}

function CallLink({ code, call }: { code: RoomCode; call: PastCall }) {
  const words = useWords();
  const { t, locale } = words;
  const { callId, startedAt, endedAt, entries } = call;
  const time = momentWords(locale, startedAt);
  return (
    <Link
      href={`/rooms/${code}/calls/${callId}`}
      className="flex flex-wrap items-baseline gap-x-4 gap-y-1 rounded-2xl border border-line bg-surface/70 p-4 hover:bg-raised sm:p-5"
    >
      <span className="min-w-0 flex-1 basis-48 font-medium">
        {endedAt === null ? t('history.running', { time }) : time}
      </span>
      <span className="text-sm text-ink-soft">
        {endedAt === null ? null : durationWords(words, endedAt - startedAt)}
      </span>
      <span className="text-sm text-ink-faint">{t('history.entries', { count: entries })}</span>
    </Link>
  );
}
