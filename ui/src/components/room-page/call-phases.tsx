'use client';

import { useCall } from '../../hooks/use-call.tsx';
import { CallPage } from '../call-page/call-page.tsx';
import { FailedPage } from '../ended-pages/failed-page.tsx';
import { LeavePage } from '../ended-pages/leave-page.tsx';

type CallPhasesProps = {
  onRejoin: () => void;
  /** Back to the pre-join page. */
  onPrepare: () => void;
};

/** The page of the present phase of the call. */
export function CallPhases({ onRejoin, onPrepare }: CallPhasesProps) {
  const phase = useCall((state) => state.phase);
  const error = useCall((state) => state.error);
  switch (phase) {
    case 'left':
      return <LeavePage onRejoin={onRejoin} />;
    case 'failed':
      return <FailedPage error={error} onRetry={onRejoin} onPrepare={onPrepare} />;
    case 'idle':
    case 'joining':
    case 'waiting':
    case 'joined':
    case 'reconnecting':
      return <CallPage />;
  }
}
