'use client';

import { Fragment, type ReactNode } from 'react';
import type { Account } from '@parley/proto/rest';
import { pageSession } from '../../account/page-session.ts';
import { useSession } from '../../hooks/use-session.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { Spinner } from '../basics/spinner.tsx';

/** Shows `children` once it is known whose page this is, and anew when that changes. `account` is null for a guest. */
export function PersonGate({ children }: { children: (account: Account | null) => ReactNode }) {
  const { t } = useWords();
  const { status, account, error } = useSession();
  if (status !== 'unknown') return <Fragment key={account?.id ?? 'guest'}>{children(account)}</Fragment>;
  if (error === null)
    return (
      <p role="status" className="flex items-center justify-center gap-2 text-ink-soft">
        <Spinner />
        <span>{t('basics.loading')}</span>
      </p>
    );
  return (
    <ErrorNote error={error}>
      <Button size="small" onClick={() => void pageSession.resume()}>
        {t('basics.tryAgain')}
      </Button>
    </ErrorNote>
  );
}
