import { CircleAlert } from 'lucide-react';
import { useWords } from '../../hooks/use-words.ts';
import type { CallError } from '../../call/index.ts';
import { errorWords, referenceOf, type ErrorWords } from '../../words/error-words.ts';
import { TraceNote } from './trace-note.tsx';

type ErrorNoteProps = { error: CallError; words?: ErrorWords; children?: React.ReactNode };

/** An error in words, announced when it appears. `children` are buttons for what to do next. */
export function ErrorNote({ error, words: given, children }: ErrorNoteProps) {
  const words = useWords();
  const { title, advice } = given ?? errorWords(words, error);
  return (
    <div
      role="alert"
      className="flex animate-fade gap-3 rounded-xl border border-danger-soft/30 bg-danger-soft/10 p-3.5 text-sm"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4.5 shrink-0 text-danger-soft" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-ink">{title}</p>
        <p className="mt-0.5 text-ink-soft">{advice}</p>
        <TraceNote traceId={referenceOf(error)} className="mt-1.5" />
        {children === undefined ? null : <div className="mt-2.5 flex flex-wrap gap-2">{children}</div>}
      </div>
    </div>
  );
}
