'use client';

import { useEffect, useEffectEvent } from 'react';
import { awaitNetwork } from '../../call/base/network-return.ts';
import { pageRest } from '../../call/base/rest-client.ts';
import { useWords } from '../../hooks/use-words.ts';
import { WaitingNote } from './waiting-note.tsx';

/** For a page that shows a failure of the network: goes on by itself when the server can be reached again. */
export function WaitingForNetwork({ onReturned }: { onReturned: () => void }) {
  const { t } = useWords();
  const goOn = useEffectEvent(onReturned);
  useEffect(() => awaitNetwork({ ask: () => pageRest.call('getHealth', {}), onReturned: () => goOn() }), []);
  return <WaitingNote>{t('room.waitingForNetwork')}</WaitingNote>;
}
