'use client';

import { useCheck } from '../../hooks/use-check.ts';
import { useWords } from '../../hooks/use-words.ts';
import { useStateOf } from '../../hooks/use-state-of.ts';
import { TraceNote } from '../basics/trace-note.tsx';
import { CheckActions } from './check-actions.tsx';
import { CheckItem } from './check-item.tsx';
import { CheckStatus } from './check-status.tsx';

/** Shows what works between this browser and the server, and what to do if something does not. */
export function CheckPage() {
  const { t } = useWords();
  const check = useCheck();
  const state = useStateOf(check, (current) => current);
  return (
    <div className="mx-auto w-full max-w-2xl">
      <h1 className="text-3xl font-semibold tracking-tight text-balance sm:text-4xl">
        {t('check.page.title')}
      </h1>
      <p className="mt-3 text-pretty text-ink-soft">{t('check.page.intro')}</p>
      <CheckActions check={check} state={state} />
      <CheckStatus state={state} />
      {state.phase === 'idle' ? null : (
        <ol
          aria-label={t('check.page.results')}
          className="mt-4 divide-y divide-line rounded-2xl border border-line bg-surface"
        >
          {state.lines.map((line) => (
            <CheckItem key={line.name} line={line} running={state.current === line.name} />
          ))}
        </ol>
      )}
      <TraceNote traceId={state.traceId} className="mt-4 break-all" />
    </div>
  );
}
