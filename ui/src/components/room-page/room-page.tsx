'use client';

import type { RoomCode } from '@parley/proto';
import { useEffect, useState } from 'react';
import { loadCallCode } from '../../browser/call-code.ts';
import { RoomGate } from './room-gate.tsx';
import { PreJoinPlaceholder } from '../prejoin-page/prejoin-placeholder.tsx';
import { RoomContent, type CallFactory } from './room-content.tsx';

/** The page of a room. It loads the code of the call while it looks the room up, long before Join. */
export function RoomPage({ code }: { code: RoomCode }) {
  const [factory, setFactory] = useState<CallFactory | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  useEffect(() => {
    loadCallCode().then(
      ({ Call, createPreview, MediaDevice }) => {
        const device = new MediaDevice();
        setFactory({
          createCall: (roomCode, choice) => new Call({ roomCode, choice, device }),
          createPreview,
        });
      },
      (error: unknown) => setFailure(error instanceof Error ? error : new Error(String(error))),
    );
  }, []);
  // Without the code of the call there is nothing to show: the error page offers to load the page again.
  if (failure !== null) throw failure;
  return (
    <RoomGate code={code}>
      {(room) =>
        factory === null ? (
          <PreJoinPlaceholder />
        ) : (
          <RoomContent code={code} peerCount={room.peerCount} factory={factory} />
        )
      }
    </RoomGate>
  );
}
