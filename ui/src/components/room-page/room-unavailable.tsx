'use client';

import { CloudOff, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useWords } from '../../hooks/use-words.ts';
import { isOfTheNetwork } from '../../call/base/network-return.ts';
import type { CallError } from '../../call/index.ts';
import { errorWords, isRetryable, referenceOf } from '../../words/error-words.ts';
import { NewCallButton } from '../landing-page/new-call-button.tsx';
import { Button } from '../basics/button.tsx';
import { MessagePage } from '../page/message-page.tsx';
import { WaitingNote } from '../page/waiting-note.tsx';
import { TraceNote } from '../basics/trace-note.tsx';

/** The page for a room that does not exist, or that could not be looked up. The lookup goes on below it while it may succeed. */
export function RoomUnavailable({ error, onRetry }: { error: CallError; onRetry: () => void }) {
  const words = useWords();
  const { t } = words;
  const { title, advice } = errorWords(words, error);
  const retryable = isRetryable(error);
  return (
    <MessagePage
      icon={retryable ? <CloudOff /> : <SearchX />}
      title={title}
      text={
        <>
          <p>{advice}</p>
          <TraceNote traceId={referenceOf(error)} className="mt-3" />
          {retryable ? (
            <WaitingNote>
              {isOfTheNetwork(error) ? t('room.waitingForNetwork') : t('room.waitingForServer')}
            </WaitingNote>
          ) : null}
        </>
      }
    >
      {retryable ? (
        <Button tone="primary" onClick={onRetry}>
          {t('basics.tryAgain')}
        </Button>
      ) : (
        <NewCallButton />
      )}
      <Button asChild size={retryable ? 'medium' : 'large'}>
        <Link href="/">{t('room.toStart')}</Link>
      </Button>
    </MessagePage>
  );
}
