'use client';

import type { RoomCode } from '@parley/proto/ids';
import type { LiveRoomInfo } from '@parley/proto/rest';
import { PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { momentWords } from '../../format/moments.ts';
import { usePageList } from '../../hooks/rooms/use-page-list.ts';
import { useSubmission } from '../../hooks/use-submission.ts';
import { useWords } from '../../hooks/use-words.ts';
import { nameInWords } from '../../words/name-words.ts';
import { roomInWords, roomName } from '../../words/room-words.ts';
import { Button } from '../basics/button.tsx';
import { EmptyState } from '../basics/empty-state.tsx';
import { ConfirmDialog } from '../lists/confirm-dialog.tsx';
import { PagedItems } from '../lists/paged-items.tsx';

async function fetchLiveRooms(after: RoomCode | undefined) {
  const { rooms, more } = await pageSession.rest.call('listLiveRooms', { query: { after } });
  return { items: rooms, next: more ? (rooms.at(-1)?.code ?? null) : null };
}

/** The calls that run on this server, and their end. */
export function LiveRoomsPart() {
  const words = useWords();
  const { t } = words;
  const list = usePageList(fetchLiveRooms, { live: true });
  const [ending, setEnding] = useState<LiveRoomInfo | null>(null);
  const { busy, error, submit, forget } = useSubmission();
  const end = (code: RoomCode) =>
    submit(async () => {
      await pageSession.rest.call('endLiveRoom', { params: { code } });
      setEnding(null);
      await list.load();
    });
  return (
    <>
      <PagedItems
        label={t('operator.live.title')}
        list={list}
        keyOf={({ code }) => code}
        empty={
          <EmptyState icon={<PhoneOff />} title={t('operator.live.empty.title')}>
            {t('operator.live.empty.text')}
          </EmptyState>
        }
      >
        {(room) => <LiveRoomRow room={room} onEnd={() => setEnding(room)} />}
      </PagedItems>
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={(open) => {
          if (!open) setEnding(null);
          forget();
        }}
        title={t('operator.live.question', { room: ending === null ? '' : roomInWords(words, ending) })}
        text={t('operator.live.consequence')}
        confirm={t('operator.live.confirm')}
        keep={t('operator.live.keep')}
        busy={busy}
        error={error}
        onConfirm={() => {
          if (ending !== null) void end(ending.code);
        }}
      />
    </>
  );
}

function LiveRoomRow({ room, onEnd }: { room: LiveRoomInfo; onEnd: () => void }) {
  const words = useWords();
  const { t, locale } = words;
  const { code, title, peerCount, since, owner, mediaNodeIds } = room;
  const { kind } = owner;
  return (
    <div className="flex flex-wrap items-start gap-3 border-b border-line pb-3">
      <div className="min-w-0 flex-1 basis-56 text-sm">
        <p dir="auto" className="text-base wrap-anywhere">
          {roomName(words, title)}
        </p>
        <p className="text-ink-soft">
          <bdi dir="ltr" className="font-mono select-all">
            {code}
          </bdi>
        </p>
        <p className="text-ink-soft">
          {t('operator.live.people', { count: peerCount, time: momentWords(locale, since) })}
        </p>
        <p className="text-ink-faint wrap-anywhere">
          {kind === 'account' && owner.name === null
            ? t('operator.live.owner.unknown')
            : t(`operator.live.owner.${kind}`, { name: nameInWords(words, owner.name ?? '') })}
        </p>
        <p className="text-ink-faint wrap-anywhere">
          {t('operator.live.nodes', { nodes: mediaNodeIds.join(', ') })}
        </p>
      </div>
      <Button
        size="small"
        aria-label={t('operator.live.endNamed', { room: roomInWords(words, room) })}
        onClick={onEnd}
      >
        <PhoneOff aria-hidden />
        <span>{t('operator.live.end')}</span>
      </Button>
    </div>
  );
}
