'use client';

import { useEffect, useMemo, useState } from 'react';
import { unheard } from '../../call/state/participants.ts';
import { useCall, useCallClient } from '../../hooks/use-call.tsx';
import { useStateOf } from '../../hooks/use-state-of.ts';
import { useWords } from '../../hooks/use-words.ts';
import { PageList } from '../../rooms/page-list.ts';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { TextField } from '../basics/text-field.tsx';
import { PersonRow } from './person-row.tsx';

/** Until the person has paused typing. */
const TYPING_MS = 300;
/** People come and go, and the list follows while it is at its beginning. */
const REFRESH_MS = 5_000;

/** The people of a crowd, of whom this page has a part: by name or in the order of joining, page by page from the server. */
export function CrowdList() {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const search = usePaused(typed);
  const list = useCrowdPages(search);
  const { items, hasMore, status, error } = useStateOf(list, (state) => state);
  const participants = useCall((state) => state.participants);
  const known = useMemo(() => new Map(participants.map((one) => [one.peerId, one])), [participants]);
  return (
    <div aria-busy={status === 'loading'}>
      <TextField
        label={t('people.crowd.search')}
        type="search"
        maxLength={64}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {items.length === 0 && status === 'ready' ? (
        <p role="status" className="px-2 text-sm text-ink-soft">
          {t('people.crowd.nobody')}
        </p>
      ) : null}
      <ul>
        {items.map((record) => (
          <li key={record.peerId}>
            <PersonRow participant={known.get(record.peerId) ?? unheard(record)} />
          </li>
        ))}
      </ul>
      {error === null ? null : (
        <ErrorNote error={error}>
          <Button size="small" onClick={() => void list.retry()}>
            {t('basics.tryAgain')}
          </Button>
        </ErrorNote>
      )}
      {hasMore && status === 'ready' ? (
        <Button className="mt-2 w-full" onClick={() => void list.more()}>
          {t('people.crowd.more')}
        </Button>
      ) : null}
    </div>
  );
}

function useCrowdPages(search: string) {
  const call = useCallClient();
  const list = useMemo(
    () => new PageList((after: Parameters<typeof call.listPeople>[1]) => call.listPeople(search, after)),
    [call, search],
  );
  useEffect(() => {
    void list.load();
    const timer = setInterval(() => void list.refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [list]);
  return list;
}

/** The text once it has not changed for a moment. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
