'use client';

import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const NEAR_PX = 48;

type StickToEnd = { list: RefObject<HTMLDivElement | null>; atEnd: boolean; toEnd: () => void };

/** Keeps a list scrolled to its end as it grows, unless the person has scrolled up. */
export function useStickToEnd(content: unknown): StickToEnd {
  const list = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const stick = useRef(true);
  const toEnd = () => {
    const element = list.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  };

  useLayoutEffect(() => {
    if (stick.current) toEnd();
  }, [content]);

  const filled = list.current !== null;
  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const look = () => {
      stick.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      setAtEnd(stick.current);
    };
    const observer = new ResizeObserver(() => stick.current && toEnd());
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [filled]);

  return { list, atEnd, toEnd };
}
