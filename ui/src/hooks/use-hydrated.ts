'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/**
 * Whether the page's code is there yet. Until then a press would be lost, so what needs the code is disabled, and
 * comes to life without having to be pressed twice.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
