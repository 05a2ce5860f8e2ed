import Link from 'next/link';
import type { ReactNode } from 'react';

/** A link from one account page to another. */
export function PageLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="rounded py-1 text-ink-soft underline underline-offset-4 hover:text-ink">
      {children}
    </Link>
  );
}
