import { cn } from '../basics/cn.ts';

/**
 * Over a picture that is being brought back. What is mended within a moment passes without it. The tile's name says the
 * same to assistive technology, and the announcer said it once.
 */
export function TileVeil({ small = false }: { small?: boolean }) {
  return (
    <div
      aria-hidden
      data-testid="veil"
      className={cn(
        'pointer-events-none absolute inset-0 flex animate-fade justify-center bg-black/35 [animation-delay:400ms] [animation-fill-mode:backwards]',
        // Under the initials where there is room for it.
        small ? 'items-center' : 'items-end pb-[max(2.5rem,7%)]',
      )}
    >
      <span
        className={cn(
          'max-w-full truncate rounded-full bg-black/80 px-3 py-1 text-ink',
          small ? 'text-xs' : 'text-sm',
        )}
      >
        Reconnecting…
      </span>
    </div>
  );
}
