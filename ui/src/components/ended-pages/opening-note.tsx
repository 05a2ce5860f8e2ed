'use client';

import type { RoomCode } from '@parley/proto/ids';
import { useEffect, useEffectEvent, useState } from 'react';
import { awaitOpening } from '../../call/base/time/opening.ts';
import { pageRest } from '../../call/base/rest-client.ts';
import { useWords } from '../../hooks/use-words.ts';
import { openingWords } from '../../words/door-words.ts';
import { WaitingNote } from '../page/waiting-note.tsx';

type OpeningNoteProps = { code: RoomCode; inMs: number; onOpen: () => void };

/** When the room opens. Goes on by itself then. */
export function OpeningNote({ code, inMs, onOpen }: OpeningNoteProps) {
  const words = useWords();
  const [opensAt, setOpensAt] = useState<number | null>(null);
  const goOn = useEffectEvent(onOpen);
  useEffect(
    () =>
      awaitOpening({
        inMs,
        look: () => pageRest.call('getRoom', { params: { code } }),
        onKnown: setOpensAt,
        onOpen: () => goOn(),
      }),
    [code, inMs],
  );
  if (opensAt === null) return null;
  return <WaitingNote>{openingWords(words, opensAt)}</WaitingNote>;
}
