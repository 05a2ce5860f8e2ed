'use client';

import type { RoomCode } from '@parley/proto';
import { useEffect, useRef, useState } from 'react';
import { CallProvider } from '../../bridge/use-call.tsx';
import type { CallClient, JoinChoice } from '../../call/types.ts';
import { PreJoin } from '../prejoin/prejoin.tsx';
import { CallPhases } from './call-phases.tsx';
import type { CallFactory } from './room-page.tsx';

/** A call, and what it was joined with, so that it can be joined again. */
type Entry = { call: CallClient; choice: JoinChoice; attempt: number };

/** Before, in and after a call. Every join makes a new call; the one before is closed. */
export function RoomSession({ code, factory }: { code: RoomCode; factory: CallFactory }) {
  const [entry, setEntry] = useState<Entry | null>(null);
  const current = useRef<CallClient | null>(null);
  useEffect(() => () => current.current?.close(), []);

  const enter = (choice: JoinChoice) => {
    current.current?.close();
    const call = factory.createCall(code);
    current.current = call;
    // The tracks belong to that call; another one opens the devices itself.
    const { tracks: _given, ...again } = choice;
    setEntry((before) => ({ call, choice: again, attempt: (before?.attempt ?? 0) + 1 }));
    // What goes wrong is in the call's state, which the page shows.
    call.join(choice).catch(() => undefined);
  };

  if (entry === null) return <PreJoin code={code} createPreview={factory.createPreview} onJoin={enter} />;
  return (
    <CallProvider key={entry.attempt} call={entry.call}>
      <CallPhases onRejoin={() => enter(entry.choice)} onPrepare={() => setEntry(null)} />
    </CallProvider>
  );
}
