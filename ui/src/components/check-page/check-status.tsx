import type { CheckState } from '../../call/check/connection-check.ts';
import { useWords } from '../../hooks/use-words.ts';
import type { Words } from '../../languages/words.ts';
import { countLines } from '../../words/check-report.ts';

/** The progress of the check and its result, also for assistive technology. */
export function CheckStatus({ state }: { state: CheckState }) {
  const words = useWords();
  return (
    <p role="status" className="mt-5 min-h-6 font-medium text-ink">
      {statusWords(words, state)}
    </p>
  );
}

function statusWords({ t }: Words, { phase, current, lines }: CheckState): string {
  if (phase === 'idle') return '';
  if (phase === 'stopped') return t('check.status.stopped');
  if (phase !== 'running') return t('check.status.done', { count: countLines(lines).wrong });
  if (current === null) return t('check.status.starting');
  return t('check.status.trying', { name: t(`check.titles.${current}`) });
}
