'use client';

import type { RoomCode } from '@parley/proto/ids';
import { useEffect, useState } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { pagePreferences, usualPictureMode } from '../../browser/preferences.ts';
import { loadCallCode } from '../../browser/links/call-code.ts';
import type { Call } from '../../call/call.ts';
import { RoomGate } from './room-gate.tsx';
import { PreJoinPlaceholder } from '../prejoin-page/prejoin-placeholder.tsx';
import type { CallFactory } from './call-start.ts';
import { RoomContent } from './room-content.tsx';

/** Each call begins with the pictures that this browser usually receives. Before the join, whose reply brings the first ones. */
function receiveAsUsual({ economy }: Call): void {
  const { picturesMax, easeLoad } = pagePreferences.load();
  economy.setPictureMode(usualPictureMode());
  economy.setPicturesMax(picturesMax);
  economy.setEasing(easeLoad);
}

/** The page of a room. It loads the code of the call while it looks the room up, long before Join. */
export function RoomPage({ code }: { code: RoomCode }) {
  const [factory, setFactory] = useState<CallFactory | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  useEffect(() => {
    loadCallCode().then(
      (parts) => {
        const device = new parts.MediaDevice();
        const regions = new parts.Regions();
        setFactory({
          createCall: (roomCode, choice, tab, prepared) => {
            const { credentials } = pageSession;
            const call = new parts.Call({ roomCode, choice, device, credentials, tab, prepared, regions });
            receiveAsUsual(call);
            return call;
          },
          createLobby: (roomCode) => {
            const { credentials } = pageSession;
            return new parts.Lobby({ roomCode, credentials, device, regions });
          },
          createPreview: parts.createPreview,
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
        factory === null ? <PreJoinPlaceholder /> : <RoomContent code={code} room={room} factory={factory} />
      }
    </RoomGate>
  );
}
