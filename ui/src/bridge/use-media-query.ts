'use client';

import { useCallback, useSyncExternalStore } from 'react';

/** Whether the media query matches now. On the server it never does. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  );
}

/** Narrow windows get sheets instead of side panels and a shorter bar. */
export function useIsNarrow(): boolean {
  return useMediaQuery('(max-width: 767px)');
}
