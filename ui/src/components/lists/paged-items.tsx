'use client';

import type { ReactNode } from 'react';
import type { PageList } from '../../rooms/page-list.ts';
import { useStateOf } from '../../hooks/use-state-of.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Button } from '../basics/button.tsx';
import { ErrorNote } from '../basics/error-note.tsx';
import { Spinner } from '../basics/spinner.tsx';

type PagedItemsProps<Item, Cursor> = {
  label: string;
  list: PageList<Item, Cursor>;
  keyOf: (item: Item) => string;
  /** One item, inside its `li`. */
  children: (item: Item) => ReactNode;
  /** In place of the list when there is nothing in it. */
  empty: ReactNode;
};

/** A list that comes page by page: its items, a button for more, and what went wrong in words. */
export function PagedItems<Item, Cursor>({
  label,
  list,
  keyOf,
  children,
  empty,
}: PagedItemsProps<Item, Cursor>) {
  const { t } = useWords();
  const { items, status, hasMore, error } = useStateOf(list, (state) => state);
  return (
    <div aria-busy={status === 'loading'}>
      {items.length === 0 && status === 'ready' ? empty : null}
      {items.length === 0 ? null : (
        <ul aria-label={label} className="flex flex-col gap-3">
          {items.map((item) => (
            <li key={keyOf(item)}>{children(item)}</li>
          ))}
        </ul>
      )}
      {status === 'loading' ? (
        <p role="status" className="mt-4 flex items-center gap-2 text-sm text-ink-soft">
          <Spinner />
          <span>{t('basics.loading')}</span>
        </p>
      ) : null}
      {error === null ? null : (
        <div className="mt-4">
          <ErrorNote error={error}>
            <Button size="small" onClick={() => void list.retry()}>
              {t('basics.tryAgain')}
            </Button>
          </ErrorNote>
        </div>
      )}
      {hasMore && status === 'ready' ? (
        <Button className="mt-4 w-full" onClick={() => void list.more()}>
          {t('rooms.more')}
        </Button>
      ) : null}
    </div>
  );
}
