'use client';

import type { Account } from '@parley/proto/rest';
import { useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { useWords } from '../../hooks/use-words.ts';
import { readNewPassword, readPassword } from '../../words/account-words.ts';
import { AccountForm, refused } from '../account-parts/account-form.tsx';
import { AccountSection } from '../account-parts/account-section.tsx';
import { NewPasswordField } from '../account-parts/fields.tsx';
import { HiddenUsername } from '../account-parts/hidden-username.tsx';
import { PasswordField } from '../account-parts/password-field.tsx';

/** Another password; the first one for an account that logs in through a provider. */
export function PasswordSection({ account }: { account: Account }) {
  const words = useWords();
  const { t } = words;
  const { hasPassword, email } = account;
  // The fields are emptied once their passwords are saved.
  const [saved, setSaved] = useState(0);
  return (
    <AccountSection
      title={t('accounts.account.passwordTitle')}
      intro={t(hasPassword ? 'accounts.account.passwordIntro' : 'accounts.account.firstPasswordIntro')}
    >
      <AccountForm
        step={hasPassword ? 'change' : 'change-without-password'}
        tone="neutral"
        submitWords={t('accounts.account.savePassword')}
        done={t('accounts.account.passwordSaved')}
        read={(typed) => {
          const current = hasPassword ? readPassword(words, typed('password')) : null;
          const next = readNewPassword(words, typed('new-password'));
          if (next.problem !== null || (current !== null && current.problem !== null))
            return refused({ password: current?.problem ?? null, 'new-password': next.problem });
          return {
            value: {
              newPassword: next.value,
              ...(current === null ? {} : { currentPassword: current.value }),
            },
          };
        }}
        send={async (passwords) => {
          await pageSession.changePassword(passwords);
          setSaved(saved + 1);
        }}
      >
        {(field) => (
          <div key={saved} className="contents">
            <HiddenUsername email={email} />
            {hasPassword ? (
              <PasswordField
                label={t('accounts.currentPassword')}
                name="password"
                autoComplete="current-password"
                {...field('password')}
              />
            ) : null}
            <NewPasswordField label={t('accounts.newPassword')} {...field('new-password')} />
          </div>
        )}
      </AccountForm>
    </AccountSection>
  );
}
