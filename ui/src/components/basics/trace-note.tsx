import type { TraceId } from '@parley/proto/ids';
import { useWords } from '../../hooks/use-words.ts';
import { cn } from './cn.ts';

/** The trace id, under which the logs of the server say what happened. */
export function TraceNote({ traceId, className }: { traceId: TraceId | null; className?: string }) {
  const { t } = useWords();
  if (traceId === null) return null;
  return (
    <p className={cn('text-xs text-ink-faint', className)}>
      <span>{`${t('basics.reference')} `}</span>
      <code className="font-mono select-all">{traceId}</code>
    </p>
  );
}
