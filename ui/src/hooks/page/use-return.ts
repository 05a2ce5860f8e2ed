'use client';

import type { RoomCode } from '@parley/proto/ids';
import { useEffect, useEffectEvent, useState } from 'react';
import { TabCall } from '../../call/tab/tab-call.ts';

/**
 * Calls `onReturn` if this tab was in a call of this room and may go on with it: after a reload, a crash, back and forward. True until that is
 * decided, which takes a moment if there is such a call.
 */
export function useReturn(code: RoomCode, onReturn: (tab: TabCall) => void): boolean {
  const [deciding, setDeciding] = useState(() => TabCall.isKept(code));
  const goOn = useEffectEvent(onReturn);
  useEffect(() => {
    let over = false;
    const look = async () => {
      const tab = await TabCall.claim(code);
      if (over) return tab?.release();
      if (tab !== null) goOn(tab);
      setDeciding(false);
    };
    // A page that the browser has kept while others were shown.
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) void look();
    };
    if (TabCall.isKept(code)) void look();
    window.addEventListener('pageshow', onShow);
    return () => {
      over = true;
      window.removeEventListener('pageshow', onShow);
    };
  }, [code]);
  return deciding;
}
