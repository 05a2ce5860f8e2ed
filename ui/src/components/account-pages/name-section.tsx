'use client';

import type { Account } from '@parley/proto/rest';
import { pageSession } from '../../account/page-session.ts';
import { useWords } from '../../hooks/use-words.ts';
import { readName } from '../../words/name-words.ts';
import { AccountForm, refused } from '../account-parts/account-form.tsx';
import { AccountSection } from '../account-parts/account-section.tsx';
import { NameField } from '../account-parts/fields.tsx';

export function NameSection({ account }: { account: Account }) {
  const words = useWords();
  const { t } = words;
  return (
    <AccountSection title={t('accounts.name')}>
      <AccountForm
        step="change"
        tone="neutral"
        submitWords={t('accounts.account.saveName')}
        done={t('accounts.account.nameSaved')}
        read={(typed) => {
          const { displayName, problem } = readName(words, typed('name'));
          return problem === null ? { value: displayName } : refused({ name: problem });
        }}
        send={(name) => pageSession.rename(name)}
      >
        {(field) => <NameField value={account.displayName} {...field('name')} />}
      </AccountForm>
    </AccountSection>
  );
}
