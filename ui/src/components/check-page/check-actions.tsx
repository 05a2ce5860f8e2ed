'use client';

import { useHydrated } from '../../hooks/page/use-hydrated.ts';
import { useWords } from '../../hooks/use-words.ts';
import type { CheckState, ConnectionCheck } from '../../call/check/connection-check.ts';
import { Button } from '../basics/button.tsx';
import { CopyReport } from './copy-report.tsx';

type CheckActionsProps = { check: ConnectionCheck; state: CheckState };

/** Start and Stop are one button, so that the focus stays on it. */
export function CheckActions({ check, state }: CheckActionsProps) {
  const { t } = useWords();
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
        {t(`check.actions.${running ? 'stop' : state.phase === 'idle' ? 'start' : 'again'}`)}
      </Button>
      {running || state.phase === 'idle' ? null : <CopyReport state={state} />}
    </div>
  );
}
