'use client';

import type { RoomInfo } from '@parley/proto/rest';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { ROOMS_PAGE } from '../../browser/links/room-pages.ts';
import { useSubmission } from '../../hooks/use-submission.ts';
import { useWords } from '../../hooks/use-words.ts';
import { roomInWords } from '../../words/room-words.ts';
import { Button } from '../basics/button.tsx';
import { ConfirmDialog } from '../lists/confirm-dialog.tsx';

/** Deletes a room, after saying what goes with it. */
export function DeleteSection({ room }: { room: RoomInfo }) {
  const words = useWords();
  const { t } = words;
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const { busy, error, submit, forget } = useSubmission();
  const remove = () =>
    submit(async () => {
      await pageSession.rest.call('deleteRoom', { params: { code: room.code } });
      router.push(ROOMS_PAGE);
    });
  return (
    <section>
      <h2 className="text-lg font-semibold">{t('rooms.delete.title')}</h2>
      <p className="mt-2 text-sm text-ink-soft">{t('rooms.delete.text')}</p>
      <Button tone="danger" className="mt-4" onClick={() => setAsking(true)}>
        {t('rooms.delete.button')}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={(open) => {
          setAsking(open);
          forget();
        }}
        title={t('rooms.delete.question', { room: roomInWords(words, room) })}
        text={t('rooms.delete.text')}
        confirm={t('rooms.delete.confirm')}
        keep={t('rooms.delete.keep')}
        busy={busy}
        error={error}
        onConfirm={() => void remove()}
      />
    </section>
  );
}
