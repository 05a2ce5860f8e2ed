'use client';

import { DEFAULT_ROOM_SETTINGS, type RoomSettingsChange } from '@parley/proto/room';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { useSubmission } from '../../hooks/use-submission.ts';
import { useWords } from '../../hooks/use-words.ts';
import { appliedSettings, closesBeforeItOpens } from '../../rooms/applied-settings.ts';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { Card } from '../lists/card.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { SettingsForm } from '../room-settings/settings-form.tsx';
import { GuestNote } from './guest-note.tsx';
import { TitleField } from './title-field.tsx';

/** Makes a room with everything that is wished of it. */
export function NewRoomPage() {
  const { t } = useWords();
  return (
    <ListPage title={t('rooms.new')}>
      {(account) => (
        <>
          {account === null ? <GuestNote /> : null}
          <NewRoom />
        </>
      )}
    </ListPage>
  );
}

function NewRoom() {
  const { t } = useWords();
  const router = useRouter();
  const { busy, error, submit } = useSubmission();
  const [title, setTitle] = useState('');
  const [wish, setWish] = useState<RoomSettingsChange>({});
  const settings = appliedSettings(DEFAULT_ROOM_SETTINGS, wish);
  const create = () =>
    submit(async () => {
      const { code } = await pageSession.rest.call('createRoom', { body: { title, settings: wish } });
      router.push(`/rooms/${code}`);
    });
  return (
    <Card>
      <p className="mb-5 text-sm text-ink-soft">{t('rooms.create.intro')}</p>
      <TitleField title={title} onChange={setTitle} />
      <div className="mt-4">
        <SettingsForm
          settings={settings}
          onChange={(change) => setWish((before) => ({ ...before, ...change }))}
        />
      </div>
      <div className="mt-6 flex flex-col gap-3">
        {error === null ? null : <ErrorNote error={error} />}
        <Button
          tone="primary"
          size="large"
          disabled={busy || closesBeforeItOpens(settings)}
          aria-busy={busy}
          onClick={() => void create()}
        >
          {t('rooms.create.submit')}
        </Button>
      </div>
    </Card>
  );
}
