'use client';

import type { RoomCode } from '@parley/proto';
import { useEffect, useRef, useState } from 'react';
import { asFailure } from '../../call/base/call-failure.ts';
import type { Call } from '../../call/call.ts';
import type { PreviewClient } from '../../call/devices/device-preview.ts';
import type { JoinChoice } from '../../call/devices/join-choice.ts';
import { CallProvider } from '../../hooks/use-call.tsx';
import { rejoinChoice } from '../../selectors/rejoin-choice.ts';
import { PreJoinPage } from '../prejoin-page/prejoin-page.tsx';
import { CallPhases } from './call-phases.tsx';

/** Makes the parts that know no React. */
export type CallFactory = {
  createCall: (code: RoomCode, choice: JoinChoice) => Call;
  createPreview: () => PreviewClient;
};

type RoomContentProps = {
  code: RoomCode;
  /** The number of people in the call when the page was opened. */
  peerCount: number;
  factory: CallFactory;
};

/** The pages before, in and after a call. Every join makes a new call and closes the previous one. */
export function RoomContent({ code, peerCount, factory }: RoomContentProps) {
  const [joined, setJoined] = useState<{ call: Call; attempt: number } | null>(null);
  const current = useRef<Call | null>(null);
  const nextChoice = useRef<JoinChoice | null>(null);
  const [broken, setBroken] = useState<Error | null>(null);
  useEffect(() => () => current.current?.close(), []);
  // A fault of the page: its error page says what to do.
  if (broken !== null) throw broken;

  const join = (choice: JoinChoice) => {
    current.current?.close();
    let call: Call;
    try {
      call = factory.createCall(code, choice);
    } catch (error) {
      for (const track of Object.values(choice.tracks ?? {})) track?.stop();
      return setBroken(asFailure(error));
    }
    current.current = call;
    // The tracks belong to this call; the next call opens the devices itself.
    const { tracks: _given, ...remembered } = choice;
    nextChoice.current = remembered;
    call.subscribe(() => {
      if (current.current === call)
        nextChoice.current = rejoinChoice(nextChoice.current ?? remembered, call.getState());
    });
    setJoined((before) => ({ call, attempt: (before?.attempt ?? 0) + 1 }));
    // The page shows a failure from the state of the call. A rejection is a fault of the page.
    call.join().catch((error: unknown) => {
      call.close();
      setBroken(asFailure(error));
    });
  };
  const rejoin = () => {
    if (nextChoice.current !== null) join(nextChoice.current);
  };

  if (joined === null)
    return <PreJoinPage peerCount={peerCount} createPreview={factory.createPreview} onJoin={join} />;
  return (
    <CallProvider key={joined.attempt} call={joined.call}>
      <CallPhases onRejoin={rejoin} onPrepare={() => setJoined(null)} />
    </CallProvider>
  );
}
