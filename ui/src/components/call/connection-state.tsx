'use client';

import { ScreenShare } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCall } from '../../bridge/use-call.tsx';
import { Spinner } from '../ui/spinner.tsx';

/** Small words above the pictures: that the connection is being made again, and that one's screen is seen by all. */
export function ConnectionState() {
  const reconnecting = useCall((state) => state.phase === 'reconnecting');
  const sharing = useCall((state) => state.screen.status === 'live');
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 top-3 z-30 flex flex-wrap justify-center gap-2"
    >
      {reconnecting ? (
        <Chip>
          <Spinner className="size-4 text-warn" />
          Reconnecting…
        </Chip>
      ) : null}
      {sharing ? (
        <Chip>
          <ScreenShare aria-hidden className="size-4 text-accent" />
          Everybody sees your screen
        </Chip>
      ) : null}
    </div>
  );
}

function Chip({ children }: { children: ReactNode }) {
  return (
    <span className="glass flex h-9 animate-rise items-center gap-2 rounded-full px-3.5 text-sm shadow-float">
      {children}
    </span>
  );
}
