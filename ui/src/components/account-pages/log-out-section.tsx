'use client';

import { useRouter } from 'next/navigation';
import { pageSession } from '../../account/page-session.ts';
import { useSubmission } from '../../hooks/use-submission.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { AccountSection } from '../account-parts/account-section.tsx';

export function LogOutSection() {
  const { t } = useWords();
  const router = useRouter();
  const { busy, error, submit } = useSubmission();
  const logOut = () =>
    submit(async () => {
      await pageSession.logOut();
      router.replace('/');
    });
  return (
    <AccountSection title={t('accounts.account.logOutTitle')} intro={t('accounts.account.logOutIntro')}>
      {error === null ? null : <ErrorNote error={error} />}
      <Button size="large" className="w-full" disabled={busy} onClick={() => void logOut()}>
        {t('accounts.account.logOut')}
      </Button>
    </AccountSection>
  );
}
