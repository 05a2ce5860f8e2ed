'use client';

import { useEffect, useState, type RefObject } from 'react';
import { NEAR_END_PX } from '../../hooks/page/use-virtual-rows.ts';

/** Whether the end of a list is in sight. It stays in sight when the list becomes shorter, as when the keyboard of a phone opens. */
export function useAtEnd(list: RefObject<HTMLElement | null>, toEnd: () => void): boolean {
  const [atEnd, setAtEnd] = useState(true);

  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    let top = element.scrollTop;
    const update = () => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
      // A list that has grown is not left: only who scrolls up leaves its end.
      if (isNear) setAtEnd(true);
      else if (element.scrollTop < top) setAtEnd(false);
      top = element.scrollTop;
    };
    element.addEventListener('scroll', update, { passive: true });
    return () => element.removeEventListener('scroll', update);
  }, [list]);

  useEffect(() => {
    const element = list.current;
    if (element === null || !atEnd) return undefined;
    const observer = new ResizeObserver(toEnd);
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, atEnd, toEnd]);

  return atEnd;
}
