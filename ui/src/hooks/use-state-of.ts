'use client';

import { useCallback, useSyncExternalStore } from 'react';

/** What the framework-free parts look like from here. */
export type StateSource<State> = { getState(): State; subscribe(listener: () => void): () => void };

/** One part of a store's state. `select` must return a part as it is, not a new object. */
export function useStateOf<State, Part>(store: StateSource<State>, select: (state: State) => Part): Part {
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store]);
  const get = () => select(store.getState());
  return useSyncExternalStore(subscribe, get, get);
}
