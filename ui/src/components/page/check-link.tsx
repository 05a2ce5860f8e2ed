import Link from 'next/link';
import { useWords } from '../../hooks/use-words.ts';
import { cn } from '../basics/cn.ts';

/** Leads to the page that says what does not work between this browser and the server. */
export function CheckLink({ className }: { className?: string }) {
  const { t } = useWords();
  return (
    <Link
      href="/check"
      className={cn('text-sm text-ink-soft underline underline-offset-4 hover:text-ink', className)}
    >
      {t('room.checkConnection')}
    </Link>
  );
}
