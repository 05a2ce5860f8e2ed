import type { ReactNode } from 'react';
import { useWords } from '../../hooks/use-words.ts';
import { AccountFrame } from './account-frame.tsx';

/** For a link of a mail that came here without its secret, or with a part of it. */
export function BrokenLink({ links }: { links: ReactNode }) {
  const { t } = useWords();
  return (
    <AccountFrame
      title={t('accounts.brokenLink.title')}
      intro={t('accounts.brokenLink.advice')}
      links={links}
    />
  );
}
