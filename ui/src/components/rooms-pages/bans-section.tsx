'use client';

import type { RoomCode } from '@parley/proto/ids';
import type { BanInfo } from '@parley/proto/rest';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { momentWords } from '../../format/moments.ts';
import { useLookedUp } from '../../hooks/rooms/use-looked-up.ts';
import { useSubmission } from '../../hooks/use-submission.ts';
import { useWords } from '../../hooks/use-words.ts';
import { nameInWords } from '../../words/name-words.ts';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { LookedUpPart } from '../lists/looked-up-part.tsx';

/** The people who may not come into a room, with a button that lets them in again. */
export function BansSection({ code }: { code: RoomCode }) {
  const { t } = useWords();
  const [lifted, setLifted] = useState(0);
  const bans = useLookedUp(
    () => pageSession.rest.call('listBans', { params: { code } }),
    `${code} ${lifted}`,
  );
  const { error, submit, busy } = useSubmission();
  const lift = (banId: string) =>
    submit(async () => {
      await pageSession.rest.call('liftBan', { params: { code, banId } });
      setLifted((count) => count + 1);
    });
  return (
    <section>
      <h2 className="mb-3 text-lg font-semibold">{t('rooms.bans.title')}</h2>
      {error === null ? null : <ErrorNote error={error} />}
      <LookedUpPart state={bans}>
        {({ bans: list }) =>
          list.length === 0 ? (
            <p className="text-sm text-ink-soft">{t('rooms.bans.none')}</p>
          ) : (
            <ul aria-label={t('rooms.bans.title')} className="flex flex-col gap-3">
              {list.map((ban) => (
                <li key={ban.banId}>
                  <BanRow ban={ban} busy={busy} onLift={() => void lift(ban.banId)} />
                </li>
              ))}
            </ul>
          )
        }
      </LookedUpPart>
    </section>
  );
}

function BanRow({ ban, busy, onLift }: { ban: BanInfo; busy: boolean; onLift: () => void }) {
  const words = useWords();
  const { t, locale } = words;
  const name = nameInWords(words, ban.displayName);
  const end =
    ban.endsAt === null
      ? t('rooms.bans.forGood')
      : t('rooms.bans.until', { time: momentWords(locale, ban.endsAt) });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="min-w-0 flex-1 basis-48">
        <p dir="auto" className="wrap-anywhere">
          {ban.displayName}
        </p>
        <p className="text-sm text-ink-faint">
          {`${t('rooms.bans.by', { name: nameInWords(words, ban.bannedBy) })}, ${end}`}
        </p>
      </div>
      <Button size="small" disabled={busy} aria-label={t('rooms.bans.liftNamed', { name })} onClick={onLift}>
        {t('rooms.bans.lift')}
      </Button>
    </div>
  );
}
