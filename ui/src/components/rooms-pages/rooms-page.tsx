'use client';

import { DoorOpen, Plus } from 'lucide-react';
import Link from 'next/link';
import { pageSession } from '../../account/page-session.ts';
import { NEW_ROOM_PAGE } from '../../browser/links/room-pages.ts';
import { usePageList } from '../../hooks/rooms/use-page-list.ts';
import { useWords } from '../../hooks/use-words.ts';
import { orNothing } from '../../rooms/own-list.ts';
import { Button } from '../basics/button.tsx';
import { EmptyState } from '../basics/empty-state.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { PagedItems } from '../lists/paged-items.tsx';
import { GuestNote } from './guest-note.tsx';
import { RoomCard } from './room-card.tsx';

/** The rooms of a person, or of a guest's browser. */
export function RoomsPage() {
  const { t } = useWords();
  return (
    <ListPage
      title={t('rooms.title')}
      action={
        <Button asChild tone="primary">
          <Link href={NEW_ROOM_PAGE}>
            <Plus aria-hidden />
            <span>{t('rooms.new')}</span>
          </Link>
        </Button>
      }
    >
      {(account) => (
        <>
          {account === null ? <GuestNote /> : null}
          <OwnRooms />
        </>
      )}
    </ListPage>
  );
}

async function fetchRooms(before: string | undefined) {
  const { rooms, next } = await orNothing(pageSession.rest.call('listRooms', { query: { before } }), {
    rooms: [],
    next: null,
  });
  return { items: rooms, next };
}

function OwnRooms() {
  const { t } = useWords();
  const list = usePageList(fetchRooms, { live: true });
  return (
    <PagedItems
      label={t('rooms.title')}
      list={list}
      keyOf={({ code }) => code}
      empty={
        <EmptyState icon={<DoorOpen />} title={t('rooms.empty.title')}>
          {t('rooms.empty.text')}
        </EmptyState>
      }
    >
      {(room) => <RoomCard room={room} />}
    </PagedItems>
  );
}
