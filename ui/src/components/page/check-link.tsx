import Link from 'next/link';
import { cn } from '../basics/cn.ts';

/** Leads to the page that says what does not work between this browser and the server. */
export function CheckLink({ className }: { className?: string }) {
  return (
    <Link
      href="/check"
      className={cn('text-sm text-ink-soft underline underline-offset-4 hover:text-ink', className)}
    >
      Check your connection
    </Link>
  );
}
