'use client';

import type { RoomCode } from '@parley/proto/ids';
import type { RoomInfo } from '@parley/proto/rest';
import { useEffect, useState, type ReactNode } from 'react';
import { pageSession } from '../../account/page-session.ts';
import { awaitAnswer } from '../../call/base/answer.ts';
import type { CallError } from '../../call/base/call-failure.ts';
import { RestClient } from '../../call/base/rest-client.ts';
import { PreJoinPlaceholder } from '../prejoin-page/prejoin-placeholder.tsx';
import { RoomUnavailable } from './room-unavailable.tsx';

/** The lookup is small, and another attempt follows. */
const { credentials } = pageSession;
const rest = new RestClient({ origin: '', traceId: () => null, timeoutMs: 6_000, credentials });

type RoomGateProps = { code: RoomCode; children: (room: RoomInfo) => ReactNode };

/** Looks the room up before a camera is asked for. Shows `children` if it exists, and otherwise what is wrong. */
export function RoomGate({ code, children }: RoomGateProps) {
  const [attempt, setAttempt] = useState(0);
  return (
    <Lookup key={`${code} ${attempt}`} code={code} onRetry={() => setAttempt(attempt + 1)}>
      {children}
    </Lookup>
  );
}

type Found = { room: RoomInfo } | { error: CallError };

/** Looks the room up until the server answers. */
function Lookup({ code, onRetry, children }: RoomGateProps & { onRetry: () => void }) {
  const [found, setFound] = useState<Found | null>(null);
  useEffect(
    () =>
      awaitAnswer({
        ask: () => rest.call('getRoom', { params: { code } }),
        onAnswer: (room) => setFound({ room }),
        onFailure: (failure) => setFound({ error: failure.toError() }),
      }),
    [code],
  );
  if (found === null) return <PreJoinPlaceholder />;
  return 'room' in found ? children(found.room) : <RoomUnavailable error={found.error} onRetry={onRetry} />;
}
