'use client';

import { useEffect, useState } from 'react';
import { nextDay } from '../format/days.ts';

/** A moment of the present day. It changes at midnight. */
export function useToday(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), nextDay(now) - Date.now());
    return () => clearTimeout(timer);
  }, [now]);
  return now;
}
