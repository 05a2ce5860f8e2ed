import { cn } from '../basics/cn.ts';

/** The mark: two people in one bubble. */
function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 48 48" aria-hidden className={cn('size-8', className)}>
      <path
        d="M6 17A10 10 0 0 1 16 7h16a10 10 0 0 1 10 10v9a10 10 0 0 1-10 10H20l-9 8v-9.3A10 10 0 0 1 6 26z"
        fill="var(--color-accent)"
      />
      <circle cx="17.5" cy="21.5" r="3.6" fill="var(--color-ground)" />
      <circle cx="30.5" cy="21.5" r="3.6" fill="var(--color-ground)" />
    </svg>
  );
}

export function Brand({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2.5 text-lg font-semibold tracking-tight', className)}>
      <BrandMark />
      <span>Parley</span>
    </span>
  );
}
