'use client';

import { useAccountOptions } from '../../hooks/use-account-options.ts';
import { useSession } from '../../hooks/use-session.ts';
import { useWords } from '../../hooks/use-words.ts';
import { LogInLink } from '../page/log-in-link.tsx';
import { NewCallButton } from './new-call-button.tsx';

/** Starts a call; or says that this server lets only people with an account do that. */
export function StartCall() {
  const { t } = useWords();
  const { status } = useSession();
  const { options } = useAccountOptions();
  const needsAccount = options !== null && (!options.guests || options.roomCreation === 'accounts');
  if (status !== 'guest' || !needsAccount) return <NewCallButton />;
  return (
    <div className="flex flex-col gap-3">
      <LogInLink tone="primary" size="large" className="w-full" />
      <p role="status" className="text-sm text-ink-soft">
        {options.guests ? t('landing.accountsStart') : t('landing.accountsOnly')}
      </p>
    </div>
  );
}
