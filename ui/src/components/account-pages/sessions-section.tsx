'use client';

import type { SessionInfo } from '@parley/proto/rest';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { dateWords, dayWords } from '../../format/days.ts';
import { useLookedUp } from '../../hooks/rooms/use-looked-up.ts';
import { useSubmission } from '../../hooks/use-submission.ts';
import { useToday } from '../../hooks/use-today.ts';
import { useWords } from '../../hooks/use-words.ts';
import { deviceWords } from '../../words/session-words.ts';
import { AccountSection } from '../account-parts/account-section.tsx';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { LookedUpPart } from '../lists/looked-up-part.tsx';

/** Where the person is logged in, and the end of it anywhere else. */
export function SessionsSection() {
  const { t } = useWords();
  const [changes, setChanges] = useState(0);
  const state = useLookedUp(() => pageSession.rest.call('listSessions', {}), String(changes));
  const { busy, error, submit } = useSubmission();
  const end = (work: () => Promise<void>) =>
    void submit(work).then((done) => done && setChanges((count) => count + 1));
  return (
    <AccountSection title={t('accounts.sessions.title')} intro={t('accounts.sessions.intro')}>
      {error === null ? null : <ErrorNote error={error} />}
      <LookedUpPart state={state}>
        {({ sessions }) => (
          <>
            <ul aria-label={t('accounts.sessions.title')} className="flex flex-col gap-4">
              {sessions.map((session) => (
                <li key={session.id}>
                  <SessionRow
                    session={session}
                    busy={busy}
                    onEnd={() =>
                      end(() => pageSession.rest.call('endSession', { params: { sessionId: session.id } }))
                    }
                  />
                </li>
              ))}
            </ul>
            {sessions.length < 2 ? null : (
              <Button
                size="large"
                className="mt-5 w-full"
                disabled={busy}
                onClick={() => end(() => pageSession.rest.call('endOtherSessions', {}))}
              >
                {t('accounts.sessions.endOthers')}
              </Button>
            )}
          </>
        )}
      </LookedUpPart>
    </AccountSection>
  );
}

type SessionRowProps = { session: SessionInfo; busy: boolean; onEnd: () => void };

function SessionRow({ session: { device, startedAt, lastUsedAt, isCurrent }, busy, onEnd }: SessionRowProps) {
  const words = useWords();
  const { t } = words;
  const today = useToday();
  const name = deviceWords(words, device);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="min-w-0 flex-1 basis-48 text-sm">
        <p className="font-medium">
          <bdi>{name}</bdi>
          {isCurrent ? <span className="ms-2 text-accent">{t('accounts.sessions.current')}</span> : null}
        </p>
        <p className="text-ink-soft">{t('accounts.sessions.since', { date: dateWords(words, startedAt) })}</p>
        <p className="text-ink-soft">
          {t('accounts.sessions.lastUsed', { day: dayWords(words, lastUsedAt, today) })}
        </p>
      </div>
      {isCurrent ? null : (
        <Button
          size="small"
          disabled={busy}
          aria-label={t('accounts.sessions.endNamed', { device: name })}
          onClick={onEnd}
        >
          {t('accounts.sessions.end')}
        </Button>
      )}
    </div>
  );
}
