import type { ReactNode } from 'react';

type EmptyStateProps = { icon: ReactNode; title: string; children: ReactNode };

/** Fills a list that is empty: what would be here, and why nothing is. */
export function EmptyState({ icon, title, children }: EmptyStateProps) {
  return (
    <div className="flex shrink-0 grow flex-col items-center justify-center px-8 py-2 text-center">
      <span aria-hidden className="text-ink-faint [&_svg]:size-8">
        {icon}
      </span>
      <p className="mt-4 font-medium">{title}</p>
      <p className="mt-1 text-sm text-pretty text-ink-soft">{children}</p>
    </div>
  );
}
