'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Whether the code of the page runs already. A press before that is lost, so a button that needs the code is disabled until then. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
