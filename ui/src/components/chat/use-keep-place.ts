'use client';

import { useLayoutEffect, useRef, type RefObject } from 'react';

type Before = { first: string | undefined; height: number };

/** Keeps what the person reads in its place when a list gets new items at its beginning. `first` names its first item. */
export function useKeepPlace(list: RefObject<HTMLElement | null>, first: string | undefined): void {
  const before = useRef<Before>({ first, height: 0 });
  // After every render, because any change may have made the list higher.
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const { first: firstBefore, height } = before.current;
    if (firstBefore !== first && height > 0) element.scrollBy({ top: element.scrollHeight - height });
    before.current = { first, height: element.scrollHeight };
  });
}
