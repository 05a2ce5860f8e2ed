'use client';

import { useHydrated } from '../../hooks/page/use-hydrated.ts';
import type { CheckState, ConnectionCheck } from '../../call/check/connection-check.ts';
import { Button } from '../basics/button.tsx';
import { CopyReport } from './copy-report.tsx';

type CheckActionsProps = { check: ConnectionCheck; state: CheckState };

/** Start and Stop are one button, so that the focus stays on it. */
export function CheckActions({ check, state }: CheckActionsProps) {
  const hydrated = useHydrated();
  const running = state.phase === 'running';
  return (
    <div className="mt-6 flex flex-col gap-3 sm:flex-row">
      <Button
        tone={running ? 'neutral' : 'primary'}
        size="large"
        disabled={!hydrated}
        onClick={() => (running ? check.stop() : void check.start())}
      >
        {running ? 'Stop the check' : state.phase === 'idle' ? 'Start the check' : 'Start again'}
      </Button>
      {running || state.phase === 'idle' ? null : <CopyReport state={state} />}
    </div>
  );
}
