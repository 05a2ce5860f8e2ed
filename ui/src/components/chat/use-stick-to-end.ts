'use client';

import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const NEAR_PX = 48;

type StickToEnd = { list: RefObject<HTMLDivElement | null>; atEnd: boolean; toEnd: () => void };

/** Keeps a list scrolled to its end as it grows, unless the person has scrolled up. */
export function useStickToEnd(): StickToEnd {
  const list = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);

  // After every render: whatever changed may have made the list longer.
  useLayoutEffect(() => {
    if (atEnd) scrollToEnd(list.current);
  });

  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const look = () => setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX);
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, []);

  // The keyboard of a phone takes half of the list's height away.
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
