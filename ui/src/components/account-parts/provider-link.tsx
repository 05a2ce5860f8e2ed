'use client';

import { ROUTES } from '@parley/proto/rest';
import type { AccountOptions } from '../../account/account-options.ts';
import { keepNextPage } from '../../browser/links/next-page.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';

/** Leads to the log-in of the provider, where the server has one. */
export function ProviderLink({ options, next }: { options: AccountOptions | null; next: string }) {
  const { t } = useWords();
  const provider = options?.openId ?? null;
  if (provider === null) return null;
  return (
    <>
      <Button asChild size="large" className="w-full">
        {/* No page of ours: the gateway answers, and the browser goes on to the provider. */}
        <a href={ROUTES.startOpenId.path} onClick={() => keepNextPage(next)}>
          <span className="truncate">{t('accounts.logIn.withProvider', { name: provider.name })}</span>
        </a>
      </Button>
      <div aria-hidden className="my-1 flex items-center gap-4 text-sm text-ink-faint">
        <span className="h-px flex-1 bg-line" />
        <span>{t('accounts.logIn.or')}</span>
        <span className="h-px flex-1 bg-line" />
      </div>
    </>
  );
}
