import type { CheckState } from '../../call/check/connection-check.ts';
import { countLines } from '../../words/check-report.ts';
import { CHECK_TITLES } from '../../words/check-words.ts';

/** The progress of the check and its result, also for assistive technology. */
export function CheckStatus({ state }: { state: CheckState }) {
  return (
    <p role="status" className="mt-5 min-h-6 font-medium text-ink">
      {statusWords(state)}
    </p>
  );
}

function statusWords({ phase, current, lines }: CheckState): string {
  if (phase === 'idle') return '';
  if (phase === 'running') return current === null ? 'Starting…' : `Trying: ${CHECK_TITLES[current]}…`;
  if (phase === 'stopped') return 'Stopped before the end.';
  const { wrong } = countLines(lines);
  if (wrong === 0) return 'Everything works.';
  return wrong === 1
    ? 'One thing has a problem. See below what to do.'
    : `${wrong} things have a problem. See below what to do.`;
}
