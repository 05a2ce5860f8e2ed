'use client';

import { useEffect, useState } from 'react';
import { useCallClient } from '../../hooks/use-call.tsx';
import type { CallStatistics } from '../../call/index.ts';

const INTERVAL_MS = 2000;

/** The newest measurement; null before the first. Measures one at a time, and stops when the panel closes. */
export function useStatistics(): CallStatistics | null {
  const call = useCallClient();
  const [statistics, setStatistics] = useState<CallStatistics | null>(null);
  useEffect(() => {
    let open = true;
    let timer: ReturnType<typeof setTimeout>;
    const measure = async () => {
      // While the transports are replaced there is nothing to measure: the last values stay.
      const measured = await call.statistics.read().catch(() => null);
      if (!open) return;
      if (measured !== null) setStatistics(measured);
      timer = setTimeout(() => void measure(), INTERVAL_MS);
    };
    void measure();
    return () => {
      open = false;
      clearTimeout(timer);
    };
  }, [call]);
  return statistics;
}
