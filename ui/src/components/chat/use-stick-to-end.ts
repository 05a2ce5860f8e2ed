'use client';

import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const NEAR_PX = 48;

type StickToEnd = { list: RefObject<HTMLDivElement | null>; atEnd: boolean; toEnd: () => void };

/** Keeps a list scrolled to its end as it grows, unless the person has scrolled up. */
export function useStickToEnd(): StickToEnd {
  const list = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);

  // After every render, because any change may have made the list longer.
  useLayoutEffect(() => {
    if (atEnd) scrollToEnd(list.current);
  });

  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const update = () => setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX);
    element.addEventListener('scroll', update, { passive: true });
    return () => element.removeEventListener('scroll', update);
  }, []);

  // The list becomes shorter when the keyboard of a phone opens.
  useEffect(() => {
    const element = list.current;
    if (element === null || !atEnd) return undefined;
    const observer = new ResizeObserver(() => scrollToEnd(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, [atEnd]);

  return { list, atEnd, toEnd: () => scrollToEnd(list.current) };
}

function scrollToEnd(element: HTMLElement | null): void {
  element?.scrollTo({ top: element.scrollHeight });
}
