'use client';

import { useEffect } from 'react';

/** Keeps the screen of a phone on while the call is shown. The browser takes the lock away from hidden pages. */
export function useWakeLock(): void {
  useEffect(() => {
    const { wakeLock } = navigator as { wakeLock?: WakeLock };
    if (wakeLock === undefined) return undefined;
    let wanted = true;
    let held: WakeLockSentinel | null = null;
    const ask = async () => {
      if (!wanted || document.visibilityState !== 'visible') return;
      // Refused on low battery, for example: then the screen behaves as always.
      const given = await wakeLock.request('screen').catch(() => null);
      if (wanted) held = given;
      else void given?.release();
    };
    const onVisible = () => void ask();
    onVisible();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      wanted = false;
      document.removeEventListener('visibilitychange', onVisible);
      void held?.release();
    };
  }, []);
}
