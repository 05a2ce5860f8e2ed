import type { ReactNode } from 'react';

/** A button and the menu that belongs to it, in one pill. */
export function SplitControl({ children }: { children: ReactNode }) {
  return <div className="flex items-center rounded-full bg-surface pr-1">{children}</div>;
}
