'use client';

import type { ReactNode } from 'react';
import type { LookedUp } from '../../hooks/rooms/use-looked-up.ts';
import { isRetryable } from '../../words/error-words.ts';
import { useWords } from '../../hooks/use-words.ts';
import { ErrorNote } from '../basics/error-note.tsx';
import { Spinner } from '../basics/spinner.tsx';
import { WaitingNote } from '../page/waiting-note.tsx';

/** Shows what was looked up, or why it is not there. */
export function LookedUpPart<Found>({
  state,
  children,
}: {
  state: LookedUp<Found>;
  children: (found: Found) => ReactNode;
}) {
  const { t } = useWords();
  if (state.status === 'found') return children(state.found);
  if (state.status === 'loading')
    return (
      <p role="status" className="flex items-center gap-2 text-sm text-ink-soft">
        <Spinner />
        <span>{t('basics.loading')}</span>
      </p>
    );
  return (
    <>
      <ErrorNote error={state.error} />
      {isRetryable(state.error) ? <WaitingNote>{t('room.waitingForServer')}</WaitingNote> : null}
    </>
  );
}
