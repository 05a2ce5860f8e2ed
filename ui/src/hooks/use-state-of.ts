'use client';

import { useCallback, useSyncExternalStore } from 'react';

/** Anything with immutable state that reports changes: the call client, a preview, a check. */
export type StateSource<State> = { getState(): State; subscribe(listener: () => void): () => void };

/** One part of the state of `source`. `select` must return a part as it is, not a new object: parts are compared by identity. */
export function useStateOf<State, Part>(source: StateSource<State>, select: (state: State) => Part): Part {
  const subscribe = useCallback((listener: () => void) => source.subscribe(listener), [source]);
  const get = () => select(source.getState());
  return useSyncExternalStore(subscribe, get, get);
}
