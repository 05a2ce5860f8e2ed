import { useWords } from '../../hooks/use-words.ts';
import { Spinner } from '../basics/spinner.tsx';

export function Joining() {
  const { t } = useWords();
  return (
    <div
      role="status"
      className="flex flex-1 items-center justify-center gap-3 rounded-xl bg-surface text-ink-soft"
    >
      <Spinner />
      <span>{t('call.joining')}</span>
    </div>
  );
}
