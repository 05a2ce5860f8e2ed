import { useWords } from '../../hooks/use-words.ts';
import type { Quality } from '../../call/index.ts';
import { cn } from '../basics/cn.ts';

const NAMES = ['lost', 'veryPoor', 'poor', 'good', 'veryGood'] as const;
const COLOURS = ['bg-danger-soft', 'bg-danger-soft', 'bg-warn', 'bg-good', 'bg-good'] as const;

/** The quality of a participant's connection, in four dots. Nothing while it is unknown. */
export function QualityDots({ quality, className }: { quality: Quality; className?: string }) {
  const { t } = useWords();
  if (quality === null) return null;
  return (
    <span
      role="img"
      aria-label={t(`stage.quality.${NAMES[quality]}`)}
      data-quality={quality}
      className={cn('inline-flex shrink-0 items-center gap-0.5', className)}
    >
      {[1, 2, 3, 4].map((dot) => (
        <span
          key={dot}
          className={cn('size-1 rounded-full', dot <= quality ? COLOURS[quality] : 'bg-white/30')}
        />
      ))}
    </span>
  );
}
