'use client';

import type { RoomCode } from '@parley/proto/ids';
import type { RoomInfo } from '@parley/proto/rest';
import { leads } from '@parley/proto/room';
import Link from 'next/link';
import { pageSession } from '../../account/page-session.ts';
import { linkOf } from '../../browser/links/room-link.ts';
import { useLookedUp } from '../../hooks/rooms/use-looked-up.ts';
import { useRoomEditor } from '../../hooks/rooms/use-room-editor.ts';
import { useStateOf } from '../../hooks/use-state-of.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { CopyLink } from '../basics/copy-link.tsx';
import { Card } from '../lists/card.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { RoomSettings } from '../room-settings/room-settings.tsx';
import { BansSection } from './bans-section.tsx';
import { DeleteSection } from './delete-section.tsx';
import { LookedUpPart } from '../lists/looked-up-part.tsx';
import { NotYours } from './not-yours.tsx';
import { TitleField } from './title-field.tsx';

/** One room, for those who lead it: its link, its settings, who may not come in, and its end. */
export function RoomSettingsPage({ code }: { code: RoomCode }) {
  const { t } = useWords();
  return <ListPage title={t('rooms.settings')}>{() => <LookUp code={code} />}</ListPage>;
}

function LookUp({ code }: { code: RoomCode }) {
  const room = useLookedUp(() => pageSession.rest.call('getRoom', { params: { code } }), code);
  return (
    <LookedUpPart state={room}>
      {(found) => (leads(found.role) ? <Parts room={found} /> : <NotYours code={code} />)}
    </LookedUpPart>
  );
}

function Parts({ room }: { room: RoomInfo }) {
  const { t } = useWords();
  const { code, role } = room;
  const editor = useRoomEditor(code, room);
  const title = useStateOf(editor, (state) => state.title);
  return (
    <div className="flex flex-col gap-5">
      <Card>
        <h2 className="text-lg font-semibold">{t('rooms.link.title')}</h2>
        <p className="mt-1 text-sm text-ink-soft">{t('rooms.link.hint')}</p>
        <p className="mt-3">
          <bdi dir="ltr" className="font-mono text-sm wrap-anywhere select-all">
            {linkOf(code)}
          </bdi>
        </p>
        <div className="mt-4 flex flex-wrap gap-2">
          <Button asChild tone="primary" size="small">
            <Link href={`/r/${code}`}>{t('rooms.join')}</Link>
          </Button>
          <CopyLink link={() => linkOf(code)} />
          {role === 'owner' ? (
            <Button asChild size="small">
              <Link href={`/rooms/${code}/calls`}>{t('rooms.history')}</Link>
            </Button>
          ) : null}
        </div>
      </Card>
      <Card>
        <TitleField title={title} onChange={(text) => void editor.change({ title: text })} />
        <div className="mt-4">
          <RoomSettings editor={editor} />
        </div>
      </Card>
      <Card>
        <BansSection code={code} />
      </Card>
      {role === 'owner' ? (
        <Card>
          <DeleteSection room={{ ...room, title }} />
        </Card>
      ) : null}
    </div>
  );
}
