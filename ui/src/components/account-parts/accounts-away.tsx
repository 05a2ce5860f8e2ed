import { CloudOff } from 'lucide-react';
import { useWords } from '../../hooks/use-words.ts';

/** Says that the server has no accounts now, and what goes on without. */
export function AccountsAway() {
  const { t } = useWords();
  return (
    <div role="status" className="flex gap-3 rounded-xl border border-line bg-raised p-3.5 text-sm">
      <CloudOff aria-hidden className="mt-0.5 size-4.5 shrink-0 text-ink-soft" />
      <div>
        <p className="font-medium">{t('accounts.away.title')}</p>
        <p className="mt-0.5 text-ink-soft">{t('accounts.away.advice')}</p>
      </div>
    </div>
  );
}
