'use client';

import { useRouter } from 'next/navigation';
import { Video } from 'lucide-react';
import { useState } from 'react';
import { useHydrated } from '../../hooks/use-hydrated.ts';
import { createRoom } from '../../api/rooms.ts';
import type { CallError } from '../../call/index.ts';
import { Button } from '../basics/button.tsx';
import { cn } from '../basics/cn.ts';
import { ErrorNote } from '../basics/error-note.tsx';
import { Spinner } from '../basics/spinner.tsx';

/** Creates a room and opens it. */
export function NewCallButton() {
  const router = useRouter();
  const hydrated = useHydrated();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);

  const start = async () => {
    setBusy(true);
    setError(null);
    const result = await createRoom();
    if (result.ok) return router.push(`/r/${result.value.code}`);
    setError(result.error);
    setBusy(false);
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
        New call
      </Button>
      {error === null ? null : <ErrorNote error={error} />}
    </div>
  );
}
