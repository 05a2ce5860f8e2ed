'use client';

import { useEffect, useState } from 'react';
import { useCall } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { clock } from '../../format/durations.ts';

/** The code of the call and the time in it. */
export function CallInfo() {
  const code = useCall((state) => state.roomCode);
  const joinedAt = useCall((state) => state.joinedAt);
  return (
    <p className="flex min-w-0 items-center gap-3 text-sm text-ink-soft max-lg:hidden">
      <span className="truncate font-mono">{code}</span>
      {joinedAt === null ? null : <Clock since={joinedAt} />}
    </p>
  );
}

/** The code of the call and the time in one line, for the menus of a window in which the bar has no room for it. */
export function CallFacts() {
  const code = useCall((state) => state.roomCode);
  const joinedAt = useCall((state) => state.joinedAt);
  return (
    <>
      <span className="font-mono">{code}</span>
      {joinedAt === null ? null : (
        <span className="ms-3 tabular-nums">
          <Elapsed since={joinedAt} />
        </span>
      )}
    </>
  );
}

function Clock({ since }: { since: number }) {
  const { t } = useWords();
  return (
    <time aria-label={t('controls.time')} role="timer" aria-live="off" className="tabular-nums">
      <Elapsed since={since} />
    </time>
  );
}

function Elapsed({ since }: { since: number }) {
  const words = useWords();
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return clock(words, now - since);
}
