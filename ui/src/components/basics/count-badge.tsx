import { useWords } from '../../hooks/use-words.ts';
import { cn } from './cn.ts';

type CountBadgeProps = {
  id: string;
  count: number;
  /** The count in words, for assistive technology. */
  words: string;
  /** Whether the badge has the accent colour. */
  strong?: boolean;
};

/** A small number on the corner of a button. */
export function CountBadge({ id, count, words, strong = false }: CountBadgeProps) {
  const { locale } = useWords();
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  return (
    <span
      className={cn(
        'pointer-events-none absolute -top-1 -end-1 flex h-5 min-w-5 items-center justify-center rounded-full border-2 border-ground px-1 text-[11px] leading-none font-semibold tabular-nums',
        strong ? 'bg-accent text-accent-ink' : 'bg-lifted text-ink',
      )}
    >
      <span aria-hidden>{count > 99 ? `${number(99)}+` : number(count)}</span>
      <span id={id} className="sr-only">
        {words}
      </span>
    </span>
  );
}
