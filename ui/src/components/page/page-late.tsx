import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';

/** An address without a path, so that the link loads the page again without its code. */
const THIS_PAGE = '';

/** What a page says whose code does not come; see browser/page-load.ts. It works without that code. */
export function PageLate() {
  const { t } = useWords();
  return (
    <div
      role="alert"
      className="page-late fixed inset-x-4 bottom-4 z-50 mx-auto max-w-md rounded-2xl border border-line-strong bg-raised p-5 text-center shadow-float"
    >
      <p className="font-semibold">{t('room.late.title')}</p>
      <p className="mt-1 text-sm text-ink-soft">{t('room.late.advice')}</p>
      <Button asChild tone="primary" className="mt-4">
        <a href={THIS_PAGE}>{t('crash.loadAgain')}</a>
      </Button>
    </div>
  );
}
