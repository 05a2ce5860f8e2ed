import { useWords } from '../../hooks/use-words.ts';
import { cn } from '../basics/cn.ts';

/**
 * Covers a tile whose media is being restored, after a short delay, so that a short loss stays invisible. Hidden from assistive technology,
 * which reads the state in the name of the tile.
 */
export function TileVeil({ small = false }: { small?: boolean }) {
  const { t } = useWords();
  return (
    <div
      aria-hidden
      data-testid="veil"
      className={cn(
        'pointer-events-none absolute inset-0 flex animate-fade justify-center bg-black/35 [animation-delay:400ms] [animation-fill-mode:backwards]',
        // In a large tile, below the initials.
        small ? 'items-center' : 'items-end pb-[max(2.5rem,7%)]',
      )}
    >
      <span
        className={cn(
          'max-w-full truncate rounded-full bg-black/80 px-3 py-1 text-ink',
          small ? 'text-xs' : 'text-sm',
        )}
      >
        {t('stage.reconnecting')}
      </span>
    </div>
  );
}
