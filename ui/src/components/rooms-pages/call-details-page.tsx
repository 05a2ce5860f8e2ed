'use client';

import type { RoomCode } from '@parley/proto/ids';
import type { CallDetails } from '@parley/proto/rest';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { durationWords } from '../../format/durations.ts';
import { momentWords } from '../../format/moments.ts';
import { useLookedUp } from '../../hooks/rooms/use-looked-up.ts';
import { useWords } from '../../hooks/use-words.ts';
import { pastActWords } from '../../words/past-act-words.ts';
import { roomName } from '../../words/room-words.ts';
import { Button } from '../basics/button.tsx';
import { Card } from '../lists/card.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { AttendanceTable } from './attendance-table.tsx';
import { ExportButtons } from './export-buttons.tsx';
import { LookedUpPart } from '../lists/looked-up-part.tsx';

type CallPageProps = { code: RoomCode; callId: string };

/** One call that is over, or runs: who was there, what was said to everybody, what hosts did. For the owner of the room. */
export function CallDetailsPage({ code, callId }: CallPageProps) {
  const { t } = useWords();
  return (
    <ListPage
      title={t('history.title')}
      action={
        <Button asChild size="small">
          <Link href={`/rooms/${code}/calls`}>{t('history.back')}</Link>
        </Button>
      }
    >
      {() => <LookUp code={code} callId={callId} />}
    </ListPage>
  );
}

function LookUp({ code, callId }: CallPageProps) {
  const call = useLookedUp(() => pageSession.rest.call('getCall', { params: { code, callId } }), callId);
  return (
    <LookedUpPart state={call}>
      {(details) => <Details code={code} callId={callId} details={details} />}
    </LookedUpPart>
  );
}

function Details({ code, callId, details }: CallPageProps & { details: CallDetails }) {
  const words = useWords();
  const { t, locale } = words;
  const { call, title, attendance, messages, acts, isCut } = details;
  const time = momentWords(locale, call.startedAt);
  return (
    <div className="flex flex-col gap-5">
      <div>
        <p dir="auto" className="font-medium wrap-anywhere">
          {roomName(words, title)}
        </p>
        <p className="mt-1 text-sm text-ink-soft">
          {call.endedAt === null
            ? t('history.running', { time })
            : `${t('history.callTitle', { time })}, ${durationWords(words, call.endedAt - call.startedAt)}`}
        </p>
        {isCut ? <p className="mt-2 text-sm text-warn">{t('history.cut')}</p> : null}
      </div>
      <Part title={t('history.people.title')}>
        <AttendanceTable attendance={attendance} />
      </Part>
      <Part title={t('history.chat.title')} none={messages.length === 0 ? t('history.chat.none') : null}>
        <Lines
          lines={messages.map(({ sentAt, fromName, text }) => ({
            at: sentAt,
            who: fromName === '' ? t('history.people.deleted') : fromName,
            text,
          }))}
        />
      </Part>
      <Part title={t('history.acts.title')} none={acts.length === 0 ? t('history.acts.none') : null}>
        <Lines lines={acts.map((act) => ({ at: act.doneAt, who: null, text: pastActWords(words, act) }))} />
      </Part>
      <Part title={t('history.export.title')}>
        <ExportButtons code={code} callId={callId} startedAt={call.startedAt} />
      </Part>
    </div>
  );
}

function Part({
  title,
  none = null,
  children,
}: {
  title: string;
  none?: string | null;
  children: ReactNode;
}) {
  return (
    <Card>
      <h2 className="mb-3 text-lg font-semibold">{title}</h2>
      {none === null ? children : <p className="text-sm text-ink-soft">{none}</p>}
    </Card>
  );
}

type Line = { at: number; who: string | null; text: string };

function Lines({ lines }: { lines: readonly Line[] }) {
  const { locale } = useWords();
  return (
    <ol className="flex flex-col gap-3 text-sm">
      {lines.map(({ at, who, text }, index) => (
        // Several may be of the same moment, and none of them moves.
        <li key={index}>
          <p className="text-ink-faint">
            <time dateTime={new Date(at).toISOString()}>{momentWords(locale, at)}</time>
            {who === null ? null : <bdi className="ms-2 font-medium text-ink-soft">{who}</bdi>}
          </p>
          <p dir="auto" className="mt-0.5 whitespace-pre-wrap wrap-anywhere">
            {text}
          </p>
        </li>
      ))}
    </ol>
  );
}
