'use client';

import type { RoomCode } from '@parley/proto';
import { useEffect, useRef, useState } from 'react';
import { CallProvider } from '../../hooks/use-call.tsx';
import type { CallClient, JoinChoice } from '../../call/index.ts';
import { rejoinChoice } from '../../selectors/rejoin-choice.ts';
import { PreJoinPage } from '../prejoin-page/prejoin-page.tsx';
import { CallPhases } from './call-phases.tsx';
import type { CallFactory } from './room-page.tsx';

type Entry = { call: CallClient; attempt: number };

type RoomContentProps = {
  code: RoomCode;
  /** How many were there when the page was opened. */
  peerCount: number;
  factory: CallFactory;
};

/** Before, in and after a call. Every join makes a new call; the one before is closed. */
export function RoomContent({ code, peerCount, factory }: RoomContentProps) {
  const [entry, setEntry] = useState<Entry | null>(null);
  const current = useRef<CallClient | null>(null);
  const again = useRef<JoinChoice | null>(null);
  useEffect(() => () => current.current?.close(), []);

  const enter = (choice: JoinChoice) => {
    current.current?.close();
    const call = factory.createCall(code);
    current.current = call;
    // The tracks belong to this call; another one opens the devices itself.
    const { tracks: _given, ...remembered } = choice;
    again.current = remembered;
    call.subscribe(() => {
      if (current.current === call)
        again.current = rejoinChoice(again.current ?? remembered, call.getState());
    });
    setEntry((before) => ({ call, attempt: (before?.attempt ?? 0) + 1 }));
    // What goes wrong is in the call's state, which the page shows.
    call.join(choice).catch(() => undefined);
  };
  const rejoin = () => {
    if (again.current !== null) enter(again.current);
  };

  if (entry === null)
    return (
      <PreJoinPage code={code} peerCount={peerCount} createPreview={factory.createPreview} onJoin={enter} />
    );
  return (
    <CallProvider key={entry.attempt} call={entry.call}>
      <CallPhases onRejoin={rejoin} onPrepare={() => setEntry(null)} />
    </CallProvider>
  );
}
