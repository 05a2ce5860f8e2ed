'use client';

import type { RoomCode } from '@parley/proto/ids';
import { Unplug } from 'lucide-react';
import Link from 'next/link';
import { useCall } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { isOfTheNetwork, isOfTheServer } from '../../call/base/network-return.ts';
import type { CallError } from '../../call/index.ts';
import { waitInWords } from '../../words/door-words.ts';
import { endedWords } from '../../words/ended-words.ts';
import { referenceOf } from '../../words/error-words.ts';
import { Button } from '../basics/button.tsx';
import { CheckLink } from '../page/check-link.tsx';
import { LogInLink } from '../page/log-in-link.tsx';
import { MessagePage } from '../page/message-page.tsx';
import { WaitingForNetwork } from '../page/waiting-for-network.tsx';
import { WaitingForServer } from '../page/waiting-for-server.tsx';
import { TraceNote } from '../basics/trace-note.tsx';
import { OpeningNote } from './opening-note.tsx';

const UNKNOWN: CallError = { code: 'internal', message: 'no error given', traceId: null };

type FailedPageProps = {
  code: RoomCode;
  error: CallError | null;
  onRetry: () => void;
  onPrepare: () => void;
};

/** The page of a call that failed: the reason, and what to do. */
export function FailedPage({ code, error, onRetry, onPrepare }: FailedPageProps) {
  const shown = error ?? UNKNOWN;
  const { retryAfterMs } = shown;
  const words = useWords();
  const { t } = words;
  const lastAct = useCall((state) => state.lastAct);
  const { title, advice, nextStep } = endedWords(words, shown, lastAct);
  const again = nextStep !== 'home' && nextStep !== 'log-in';
  return (
    <MessagePage
      icon={<Unplug />}
      title={title}
      text={
        <>
          <div role="alert">
            <p>{advice}</p>
            {shown.code === 'rate_limited' && retryAfterMs !== undefined ? (
              <p>{t('door.refused.retryIn', { duration: waitInWords(words, retryAfterMs) })}</p>
            ) : null}
            <TraceNote traceId={referenceOf(shown)} className="mt-3" />
          </div>
          {shown.code === 'room_not_open' && retryAfterMs !== undefined ? (
            <OpeningNote code={code} inMs={retryAfterMs} onOpen={onRetry} />
          ) : null}
          {isOfTheNetwork(shown) ? <WaitingForNetwork onReturned={onRetry} /> : null}
          {isOfTheServer(shown) ? <WaitingForServer code={code} onReturned={onRetry} /> : null}
          <CheckLink className="mt-4 inline-block" />
        </>
      }
    >
      {again ? (
        <>
          <Button tone="primary" onClick={onRetry}>
            {nextStep === 'rejoin' ? t('room.rejoin') : t('basics.tryAgain')}
          </Button>
          <Button onClick={onPrepare}>{t('room.failed.prepare')}</Button>
        </>
      ) : (
        <>
          {nextStep === 'log-in' ? <LogInLink tone="primary" /> : null}
          <Button asChild tone={nextStep === 'log-in' ? 'neutral' : 'primary'}>
            <Link href="/">{t('room.toStart')}</Link>
          </Button>
        </>
      )}
    </MessagePage>
  );
}
