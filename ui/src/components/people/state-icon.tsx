import type { LucideIcon } from 'lucide-react';
import { cn } from '../basics/cn.ts';

/** A state as an icon, with words for assistive technology. */
export function StateIcon({
  icon: Icon,
  words,
  className,
}: {
  icon: LucideIcon;
  words: string;
  className?: string;
}) {
  return (
    <span role="img" aria-label={words} title={words} className={cn('inline-flex', className)}>
      <Icon aria-hidden className="size-4" />
    </span>
  );
}
