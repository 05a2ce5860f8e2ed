import { Check, Circle, CircleAlert, Minus } from 'lucide-react';
import { useWords } from '../../hooks/use-words.ts';
import type { CheckLine } from '../../call/check/connection-check.ts';
import { CHECK_TITLES, checkWords } from '../../words/check-words.ts';
import { Spinner } from '../basics/spinner.tsx';

type Mark = 'pending' | 'running' | 'well' | 'wrong' | 'skipped';
const MARKS: Record<Mark, { icon: React.ReactNode; word: string }> = {
  pending: { icon: <Circle aria-hidden className="size-4.5 text-ink-faint" />, word: 'waiting' },
  running: { icon: <Spinner className="text-accent" />, word: 'running' },
  well: { icon: <Check aria-hidden className="size-4.5 text-good" />, word: 'works' },
  wrong: { icon: <CircleAlert aria-hidden className="size-4.5 text-danger-soft" />, word: 'has a problem' },
  skipped: { icon: <Minus aria-hidden className="size-4.5 text-ink-faint" />, word: 'not tried' },
};

/** One line of the check: whether it has a problem, and what to do about it. */
export function CheckItem({ line: { name, result }, running }: { line: CheckLine; running: boolean }) {
  const mark = running ? 'running' : (result?.state ?? 'pending');
  const words = useWords();
  const said = result === null ? null : checkWords(words, name, result);
  return (
    <li data-check={name} data-state={mark} className="flex gap-3 px-4 py-3 text-sm">
      <span className="mt-0.5 shrink-0">{MARKS[mark].icon}</span>
      <div className="min-w-0 flex-1 break-words">
        <p className="font-medium text-ink">
          <span>{CHECK_TITLES[name]}</span>
          <span className="sr-only">{`, ${MARKS[mark].word}`}</span>
        </p>
        {said === null ? null : <p className="mt-0.5 text-ink-soft">{said.finding}</p>}
        {said?.fix ? <p className="mt-1.5 text-ink">{said.fix}</p> : null}
      </div>
    </li>
  );
}
