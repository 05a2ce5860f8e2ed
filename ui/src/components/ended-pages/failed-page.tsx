'use client';

import { Unplug } from 'lucide-react';
import Link from 'next/link';
import { useWords } from '../../hooks/use-words.ts';
import { isOfTheNetwork } from '../../call/base/network-return.ts';
import type { CallError } from '../../call/index.ts';
import { errorWords, referenceOf } from '../../words/error-words.ts';
import { Button } from '../basics/button.tsx';
import { CheckLink } from '../page/check-link.tsx';
import { MessagePage } from '../page/message-page.tsx';
import { WaitingForNetwork } from '../page/waiting-for-network.tsx';
import { TraceNote } from '../basics/trace-note.tsx';

const UNKNOWN: CallError = { code: 'internal', message: 'no error given', traceId: null };

type FailedPageProps = { error: CallError | null; onRetry: () => void; onPrepare: () => void };

/** The page of a call that failed: the reason, and what to do. */
export function FailedPage({ error, onRetry, onPrepare }: FailedPageProps) {
  const shown = error ?? UNKNOWN;
  const words = useWords();
  const { t } = words;
  const { title, advice, nextStep } = errorWords(words, shown);
  const again = nextStep !== 'home';
  return (
    <MessagePage
      icon={<Unplug />}
      title={title}
      text={
        <>
          <div role="alert">
            <p>{advice}</p>
            <TraceNote traceId={referenceOf(shown)} className="mt-3" />
          </div>
          {isOfTheNetwork(shown) ? <WaitingForNetwork onReturned={onRetry} /> : null}
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
        <Button asChild tone="primary">
          <Link href="/">{t('room.toStart')}</Link>
        </Button>
      )}
    </MessagePage>
  );
}
