'use client';

import type { RoomCode } from '@parley/proto/ids';
import type { RoomInfo } from '@parley/proto/rest';
import { useEffect, useState } from 'react';
import { useReturn } from '../../hooks/page/use-return.ts';
import { CallProvider } from '../../hooks/use-call.tsx';
import { PreJoinPlaceholder } from '../prejoin-page/prejoin-placeholder.tsx';
import { PreJoinPage } from '../prejoin-page/prejoin-page.tsx';
import { CallPhases } from './call-phases.tsx';
import { leftChoice, type CallFactory } from './call-start.ts';
import { useJoinedCall } from './use-joined-call.ts';

type RoomContentProps = {
  code: RoomCode;
  /** The room as it was when the page was opened. */
  room: RoomInfo;
  factory: CallFactory;
};

/** The pages before, in and after a call. */
export function RoomContent({ code, room, factory }: RoomContentProps) {
  const [lobby] = useState(() => factory.createLobby(code));
  useEffect(() => lobby.watch(), [lobby]);
  const { joined, refusal, broken, returns, join, prepare, nextChoice } = useJoinedCall(code, factory, lobby);
  const rejoin = () => {
    const choice = nextChoice();
    if (choice !== null) join(choice);
  };
  const prepareRejoin = () => {
    const choice = nextChoice();
    if (choice !== null && choice.passcode === undefined) lobby.want(choice.displayName);
  };
  const returning = useReturn(code, (tab) => {
    const choice = leftChoice(code, tab);
    if (choice !== null) join(choice, tab);
  });
  // A fault of the page: its error page says what to do.
  if (broken !== null) throw broken;

  if (joined === null && returning) return <PreJoinPlaceholder />;
  if (joined === null)
    return (
      <PreJoinPage
        key={returns}
        room={room}
        refusal={refusal}
        lobby={lobby}
        createPreview={factory.createPreview}
        onJoin={join}
      />
    );
  return (
    <CallProvider key={joined.attempt} call={joined.call}>
      <CallPhases onRejoin={rejoin} onRejoinMeant={prepareRejoin} onPrepare={prepare} />
    </CallProvider>
  );
}
