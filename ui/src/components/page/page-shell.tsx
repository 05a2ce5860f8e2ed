import Link from 'next/link';
import type { ReactNode } from 'react';
import { useWords } from '../../hooks/use-words.ts';
import { AccountEntry } from './account-entry.tsx';
import { Brand } from './brand.tsx';

/** The frame of every page outside a call. */
export function PageShell({ children }: { children: ReactNode }) {
  const { t } = useWords();
  return (
    <div className="flex min-h-dvh flex-col aurora pt-(--safe-top) pr-[max(1.25rem,var(--safe-right))] pb-(--safe-bottom) pl-[max(1.25rem,var(--safe-left))] sm:pr-[max(2rem,var(--safe-right))] sm:pl-[max(2rem,var(--safe-left))]">
      <header className="flex h-18 shrink-0 items-center justify-between gap-4">
        <Link href="/" aria-label={t('room.brand')} className="-mx-2 shrink-0 rounded-lg px-2 py-1">
          <Brand />
        </Link>
        <AccountEntry />
      </header>
      <main className="flex flex-1 flex-col justify-center pt-4 pb-16">{children}</main>
    </div>
  );
}
