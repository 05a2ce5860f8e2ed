import type { ReactNode } from 'react';

/** A key of the keyboard. */
export function Key({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex min-w-5 shrink-0 items-center justify-center rounded-md border border-line-strong bg-ground px-1.5 py-0.5 font-mono text-[11px] leading-none whitespace-nowrap text-ink-soft">
      {children}
    </kbd>
  );
}
