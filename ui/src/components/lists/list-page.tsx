'use client';

import type { ReactNode } from 'react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { Account } from '@parley/proto/rest';
import { OPERATOR_PAGE, ROOMS_PAGE, VISITS_PAGE } from '../../browser/links/room-pages.ts';
import { useWords } from '../../hooks/use-words.ts';
import { cn } from '../basics/cn.ts';
import { PageShell } from '../page/page-shell.tsx';
import { PersonGate } from '../page/person-gate.tsx';

type ListPageProps = {
  title: string;
  /** Beside the title. */
  action?: ReactNode;
  children: (account: Account | null) => ReactNode;
};

/** A page of a person: its title, the way to the other pages, and what is for this person. */
export function ListPage({ title, action, children }: ListPageProps) {
  return (
    <PageShell>
      <div className="mx-auto w-full max-w-3xl flex-1">
        <PersonGate>
          {(account) => (
            <>
              <Pages isOperator={account?.isOperator ?? false} />
              <div className="mb-6 flex flex-wrap items-center gap-3">
                <h1 className="min-w-0 flex-1 text-2xl font-semibold tracking-tight wrap-anywhere sm:text-3xl">
                  {title}
                </h1>
                {action}
              </div>
              {children(account)}
            </>
          )}
        </PersonGate>
      </div>
    </PageShell>
  );
}

function Pages({ isOperator }: { isOperator: boolean }) {
  const { t } = useWords();
  const here = usePathname();
  const pages = [
    { path: ROOMS_PAGE, name: t('rooms.title') },
    { path: VISITS_PAGE, name: t('rooms.visitsTitle') },
    ...(isOperator ? [{ path: OPERATOR_PAGE, name: t('rooms.operator') }] : []),
  ];
  return (
    <nav aria-label={t('rooms.nav')} className="-mx-2 mb-6 flex flex-wrap gap-1">
      {pages.map(({ path, name }) => (
        <Link
          key={path}
          href={path}
          aria-current={path === here ? 'page' : undefined}
          className={cn(
            'rounded-lg px-3 py-2 text-sm',
            path === here ? 'bg-raised font-medium text-ink' : 'text-ink-soft hover:text-ink',
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
