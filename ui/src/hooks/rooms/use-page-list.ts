'use client';

import { useEffect, useState } from 'react';
import { PageList, type FetchPage } from '../../rooms/page-list.ts';

const REFRESH_MS = 20_000;

/** A list of the server, from its first page on. While somebody looks at it, its first page is kept up to date if `live`. */
export function usePageList<Item, Cursor>(
  fetchPage: FetchPage<Item, Cursor>,
  { live = false }: { live?: boolean } = {},
): PageList<Item, Cursor> {
  const [list] = useState(() => new PageList(fetchPage));
  useEffect(() => void list.load(), [list]);
  useEffect(() => {
    if (!live) return undefined;
    const refresh = () => {
      if (document.visibilityState === 'visible') void list.refresh();
    };
    const timer = setInterval(refresh, REFRESH_MS);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }, [list, live]);
  return list;
}
