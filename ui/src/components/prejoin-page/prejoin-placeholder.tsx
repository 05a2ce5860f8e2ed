import { useWords } from '../../hooks/use-words.ts';
import { PageShell } from '../page/page-shell.tsx';
import { PreJoinFrame } from './prejoin-frame.tsx';

/** The shape of the pre-join page while it loads, so that nothing moves when it is there. */
export function PreJoinPlaceholder() {
  const { t } = useWords();
  return (
    <PageShell>
      <PreJoinFrame
        preview={<div className="aspect-video w-full animate-pulse rounded-2xl bg-surface" />}
        form={
          <div role="status" className="flex flex-col gap-4">
            <span className="sr-only">{t('prejoin.looking')}</span>
            <div className="h-8 w-40 animate-pulse rounded-lg bg-surface" />
            <div className="h-12 animate-pulse rounded-xl bg-surface" />
            <div className="h-12 animate-pulse rounded-xl bg-surface" />
          </div>
        }
      />
    </PageShell>
  );
}
