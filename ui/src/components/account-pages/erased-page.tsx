import type { ErasureReport } from '@parley/proto/rest';
import Link from 'next/link';
import { useWords } from '../../hooks/use-words.ts';
import { erasureLines } from '../../words/account-words.ts';
import { Button } from '../basics/button.tsx';
import { AccountFrame } from '../account-parts/account-frame.tsx';

/** Says what went with an account. */
export function ErasedPage({ report }: { report: ErasureReport }) {
  const words = useWords();
  const { t } = words;
  return (
    <AccountFrame title={t('accounts.account.erased.title')} intro={t('accounts.account.erased.advice')}>
      <ul className="flex list-disc flex-col gap-1.5 ps-5 text-sm">
        {erasureLines(words, report).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Button asChild tone="primary" size="large" className="mt-3">
        <Link href="/">{t('room.toStart')}</Link>
      </Button>
    </AccountFrame>
  );
}
