'use client';

import { useRouter } from 'next/navigation';
import { Video } from 'lucide-react';
import { useState } from 'react';
import { createRoom } from '../../api/rooms.ts';
import type { CallError } from '../../call/types.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Spinner } from '../ui/spinner.tsx';

/** Makes a room and goes to it. */
export function NewCallButton() {
  const router = useRouter();
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
        disabled={busy}
        aria-busy={busy}
        onClick={() => void start()}
        className="w-full"
      >
        {busy ? <Spinner /> : <Video aria-hidden />}
        New call
      </Button>
      {error === null ? null : <ErrorNote error={error} />}
    </div>
  );
}
