import { Users } from 'lucide-react';
import { useWords } from '../../hooks/use-words.ts';
import { CopyLink } from '../basics/copy-link.tsx';

/** Says that nobody else is here yet, and offers the link to invite others. */
export function AloneCard() {
  const { t } = useWords();
  return (
    <div className="@container shrink-0">
      <div className="mx-auto flex w-fit max-w-full animate-rise items-center gap-3 rounded-2xl border border-line bg-surface p-2 ps-4">
        <Users aria-hidden className="size-4.5 shrink-0 text-accent @max-md:hidden" />
        <p className="min-w-0 text-sm text-pretty">
          <span>{`${t('stage.alone.title')} `}</span>
          <span className="text-ink-soft">{t('stage.alone.advice')}</span>
        </p>
        <CopyLink />
      </div>
    </div>
  );
}
