'use client';

import { useCall } from '../../hooks/use-call.tsx';
import { CallPage } from '../call-page/call-page.tsx';
import { ElsewherePage } from '../door-page/elsewhere-page.tsx';
import { WaitingPage } from '../door-page/waiting-page.tsx';
import { FailedPage } from '../ended-pages/failed-page.tsx';
import { LeavePage } from '../ended-pages/leave-page.tsx';

type CallPhasesProps = {
  onRejoin: () => void;
  /** The person is about to ask for it. */
  onRejoinMeant: () => void;
  /** Back to the pre-join page. */
  onPrepare: () => void;
};

/** The page of the present phase of the call. */
export function CallPhases({ onRejoin, onRejoinMeant, onPrepare }: CallPhasesProps) {
  const phase = useCall((state) => state.phase);
  const error = useCall((state) => state.error);
  const code = useCall((state) => state.roomCode);
  switch (phase) {
    case 'left':
      return <LeavePage onRejoin={onRejoin} onRejoinMeant={onRejoinMeant} />;
    case 'failed':
      return <FailedPage code={code} error={error} onRetry={onRejoin} onPrepare={onPrepare} />;
    case 'elsewhere':
      return <ElsewherePage onPrepare={onPrepare} />;
    case 'waiting':
      return <WaitingPage />;
    case 'idle':
    case 'joining':
    case 'joined':
    case 'reconnecting':
      return <CallPage />;
  }
}
