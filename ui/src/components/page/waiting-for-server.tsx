import type { RoomCode } from '@parley/proto/ids';
import { useEffect, useEffectEvent } from 'react';
import { awaitNetwork, isOfTheNetwork, isOfTheServer } from '../../call/base/network-return.ts';
import { pageRest } from '../../call/base/rest-client.ts';
import { useWords } from '../../hooks/use-words.ts';
import { WaitingNote } from './waiting-note.tsx';

/** For a page that says that a part of the server is away: goes on by itself when rooms can be looked up again. */
export function WaitingForServer({ code, onReturned }: { code: RoomCode; onReturned: () => void }) {
  const { t } = useWords();
  const goOn = useEffectEvent(onReturned);
  useEffect(
    () =>
      awaitNetwork({
        ask: () => pageRest.call('getRoom', { params: { code } }),
        isAway: (failure) => isOfTheNetwork(failure) || isOfTheServer(failure),
        onReturned: () => goOn(),
      }),
    [code],
  );
  return <WaitingNote>{t('room.waitingForServer')}</WaitingNote>;
}
