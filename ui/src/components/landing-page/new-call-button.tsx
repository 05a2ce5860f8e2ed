'use client';

import { useRouter } from 'next/navigation';
import { Video } from 'lucide-react';
import { useState } from 'react';
import { useHydrated } from '../../hooks/page/use-hydrated.ts';
import { useWords } from '../../hooks/use-words.ts';
import { pageSession } from '../../account/page-session.ts';
import { asFailure, type CallError } from '../../call/base/call-failure.ts';
import { nextStepOf } from '../../words/error-words.ts';
import { Button } from '../basics/button.tsx';
import { cn } from '../basics/cn.ts';
import { ErrorNote } from '../basics/error-note.tsx';
import { Spinner } from '../basics/spinner.tsx';
import { LogInLink } from '../page/log-in-link.tsx';

/** Creates a room and opens it. */
export function NewCallButton() {
  const { t } = useWords();
  const router = useRouter();
  const hydrated = useHydrated();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);

  const start = async () => {
    setBusy(true);
    setError(null);
    try {
      const { code } = await pageSession.rest.call('createRoom', { body: {} });
      router.push(`/r/${code}`);
    } catch (failure) {
      setError(asFailure(failure).toError());
      setBusy(false);
    }
  };

  return (
    <div className="flex flex-col gap-3">
      <Button
        tone="primary"
        size="large"
        disabled={busy || !hydrated}
        aria-busy={busy}
        onClick={() => void start()}
        className={cn('w-full', !hydrated && 'disabled:cursor-default disabled:opacity-100')}
      >
        {busy ? <Spinner /> : <Video aria-hidden />}
        <span>{t('landing.newCall')}</span>
      </Button>
      {error === null ? null : (
        <ErrorNote error={error}>
          {nextStepOf(error) === 'log-in' ? <LogInLink size="small" /> : undefined}
        </ErrorNote>
      )}
    </div>
  );
}
