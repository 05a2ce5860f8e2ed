'use client';

import type { RoomCode } from '@parley/proto';
import { useEffect, useState } from 'react';
import type { CallClient, PreviewClient } from '../../call/index.ts';
import { RoomGate } from './room-gate.tsx';
import { PreJoinPlaceholder } from '../prejoin-page/prejoin-placeholder.tsx';
import { RoomContent } from './room-content.tsx';

/** Makes the framework-free parts of a room. The page shows them and knows nothing of how they work. */
export type CallFactory = {
  createCall: (code: RoomCode) => CallClient;
  createPreview: () => PreviewClient;
};

/** The page of a room. The call's code is loaded while the room is looked up, long before Join is pressed. */
export function RoomPage({ code }: { code: RoomCode }) {
  const [factory, setFactory] = useState<CallFactory | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  useEffect(() => {
    import('../../call/index.ts').then(
      ({ createCall, createPreview, MediaDevice }) => {
        const device = new MediaDevice();
        setFactory({ createCall: (code) => createCall(code, { device }), createPreview });
      },
      (error: unknown) => setFailure(error instanceof Error ? error : new Error(String(error))),
    );
  }, []);
  // Without its code there is no page: the nearest error page says so and offers to load it again.
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
