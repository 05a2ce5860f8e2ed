import type { ReactNode } from 'react';
import { cn } from '../basics/cn.ts';

/** One thing of a list, or one part of a page. */
export function Card({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={cn('rounded-2xl border border-line bg-surface/70 p-4 sm:p-5', className)}>{children}</div>
  );
}
