'use client';

import type { Account, ErasureReport } from '@parley/proto/rest';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { useWords } from '../../hooks/use-words.ts';
import { readPassword } from '../../words/account-words.ts';
import { Button } from '../basics/button.tsx';
import { Dialog } from '../basics/dialog.tsx';
import { AccountForm, refused } from '../account-parts/account-form.tsx';
import { AccountSection } from '../account-parts/account-section.tsx';
import { HiddenUsername } from '../account-parts/hidden-username.tsx';
import { PasswordField } from '../account-parts/password-field.tsx';

type DeleteSectionProps = { account: Account; onDeleted: (report: ErasureReport) => void };

export function DeleteSection({ account, onDeleted }: DeleteSectionProps) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <AccountSection title={t('accounts.account.deleteTitle')} intro={t('accounts.account.deleteIntro')}>
      <Button tone="danger" size="large" className="w-full" onClick={() => setOpen(true)}>
        {t('accounts.account.delete')}
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t('accounts.account.erase.title')}
        description={t('accounts.account.erase.undo')}
      >
        <DeleteForm account={account} onDeleted={onDeleted} />
        <Button size="large" className="mt-2 w-full" onClick={() => setOpen(false)}>
          {t('accounts.account.erase.keep')}
        </Button>
      </Dialog>
    </AccountSection>
  );
}

/** Says what goes, and asks for the password. */
function DeleteForm({ account, onDeleted }: DeleteSectionProps) {
  const words = useWords();
  const { t } = words;
  const { hasPassword, email } = account;
  return (
    <>
      <ul className="mb-4 flex list-disc flex-col gap-1.5 ps-5 text-sm text-ink-soft">
        <li>{t('accounts.account.erase.rooms')}</li>
        <li>{t('accounts.account.erase.messages')}</li>
        <li>{t('accounts.account.erase.attendance')}</li>
      </ul>
      <AccountForm
        step={hasPassword ? 'change' : 'change-without-password'}
        tone="danger"
        submitWords={t('accounts.account.erase.submit')}
        read={(typed) => {
          if (!hasPassword) return { value: {} };
          const { value, problem } = readPassword(words, typed('password'));
          return problem === null ? { value: { password: value } } : refused({ password: problem });
        }}
        send={async (proof: { password?: string }) => onDeleted(await pageSession.deleteAccount(proof))}
      >
        {(field) =>
          hasPassword ? (
            <>
              <HiddenUsername email={email} />
              <PasswordField
                label={t('accounts.password')}
                name="password"
                autoComplete="current-password"
                {...field('password')}
              />
            </>
          ) : null
        }
      </AccountForm>
    </>
  );
}
