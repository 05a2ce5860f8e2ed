'use client';

import { useCall } from '../../hooks/use-call.tsx';
import { useWords } from '../../hooks/use-words.ts';
import { Spinner } from '../basics/spinner.tsx';

/** Says "Reconnecting…" while the socket or the own media is lost. Each tile shows on its own whether its media is missing. */
export function ConnectionState() {
  const { t } = useWords();
  const reconnecting = useCall(
    ({ phase, participants }) =>
      phase === 'reconnecting' || participants.some(({ isSelf, restoring }) => isSelf && restoring),
  );
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-3 z-30 flex justify-center">
      {reconnecting ? (
        <span className="glass flex h-9 animate-rise items-center gap-2 rounded-full px-3.5 text-sm shadow-float">
          <Spinner className="size-4 text-warn" />
          <span>{t('call.reconnecting')}</span>
        </span>
      ) : null}
    </div>
  );
}
