'use client';

import { useEffect } from 'react';

/** Keeps the screen of a phone on while the call is shown. A hidden page loses the lock and asks again when it is visible. */
export function useWakeLock(): void {
  useEffect(() => {
    const { wakeLock } = navigator as { wakeLock?: WakeLock };
    if (wakeLock === undefined) return undefined;
    let wanted = true;
    let held: WakeLockSentinel | null = null;
    const request = async () => {
      if (!wanted || document.visibilityState !== 'visible') return;
      // The browser may refuse, for example on low battery: then the screen turns off as usual.
      const granted = await wakeLock.request('screen').catch(() => null);
      if (wanted) held = granted;
      else void granted?.release();
    };
    const onVisible = () => void request();
    onVisible();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      wanted = false;
      document.removeEventListener('visibilitychange', onVisible);
      void held?.release();
    };
  }, []);
}
