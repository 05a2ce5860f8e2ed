import type { ReactNode } from 'react';

/** A button and its menu, side by side in one shape. */
export function SplitControl({ children }: { children: ReactNode }) {
  return <div className="flex items-center rounded-full bg-surface pe-1">{children}</div>;
}
