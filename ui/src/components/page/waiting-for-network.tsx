'use client';

import { useEffect, useEffectEvent } from 'react';
import { awaitNetwork } from '../../call/base/network-return.ts';
import { pageRest } from '../../call/base/rest-client.ts';
import { useWords } from '../../hooks/use-words.ts';
import { Spinner } from '../basics/spinner.tsx';

/** For a page that shows a failure of the network: goes on by itself when the server can be reached again. */
export function WaitingForNetwork({ onReturned }: { onReturned: () => void }) {
  const { t } = useWords();
  const goOn = useEffectEvent(onReturned);
  useEffect(() => awaitNetwork({ ask: () => pageRest.call('getHealth', {}), onReturned: () => goOn() }), []);
  return (
    <p role="status" className="mt-4 flex items-center justify-center gap-2">
      <Spinner />
      <span>{t('room.waitingForNetwork')}</span>
    </p>
  );
}
