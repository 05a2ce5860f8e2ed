import { Check, Circle, CircleAlert, Minus } from 'lucide-react';
import { useWords } from '../../hooks/use-words.ts';
import type { CheckLine } from '../../call/check/connection-check.ts';
import { checkWords } from '../../words/check-words.ts';
import { Spinner } from '../basics/spinner.tsx';

type Mark = 'pending' | 'running' | 'well' | 'wrong' | 'skipped';
const ICONS: Record<Mark, React.ReactNode> = {
  pending: <Circle aria-hidden className="size-4.5 text-ink-faint" />,
  running: <Spinner className="text-accent" />,
  well: <Check aria-hidden className="size-4.5 text-good" />,
  wrong: <CircleAlert aria-hidden className="size-4.5 text-danger-soft" />,
  skipped: <Minus aria-hidden className="size-4.5 text-ink-faint" />,
};

/** One line of the check: whether it has a problem, and what to do about it. */
export function CheckItem({ line: { name, result }, running }: { line: CheckLine; running: boolean }) {
  const mark = running ? 'running' : (result?.state ?? 'pending');
  const words = useWords();
  const said = result === null ? null : checkWords(words, name, result);
  return (
    <li data-check={name} data-state={mark} className="flex gap-3 px-4 py-3 text-sm">
      <span className="mt-0.5 shrink-0">{ICONS[mark]}</span>
      <div className="min-w-0 flex-1 break-words">
        <p className="font-medium text-ink">
          <span>{words.t(`check.titles.${name}`)}</span>
          <span className="sr-only">{`, ${words.t(`check.marks.${mark}`)}`}</span>
        </p>
        {said === null ? null : <p className="mt-0.5 text-ink-soft">{said.finding}</p>}
        {said?.fix ? <p className="mt-1.5 text-ink">{said.fix}</p> : null}
      </div>
    </li>
  );
}
