'use client';

import { useCallback, useSyncExternalStore } from 'react';

/** Whether the media query matches now; false on the server. */
function useMediaQuery(query: string): boolean {
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

/** Too narrow for a panel beside the pictures: the panel opens as a sheet over them. */
export function useIsNarrow(): boolean {
  return useMediaQuery('(max-width: 767px)');
}

/** Operated by touch, as a phone or a tablet. */
export function useIsTouch(): boolean {
  return useMediaQuery('(pointer: coarse)');
}

/** Too narrow for all controls in one row. */
export function useIsCompact(): boolean {
  return useMediaQuery('(max-width: 599px)');
}
