'use client';

import type { RoomCode, RoomInfo } from '@parley/proto';
import { useEffect, useState, type ReactNode } from 'react';
import { asFailure, type CallError } from '../../call/base/call-failure.ts';
import { pageRest } from '../../call/base/rest-client.ts';
import { PreJoinPlaceholder } from '../prejoin-page/prejoin-placeholder.tsx';
import { RoomUnavailable } from './room-unavailable.tsx';

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

/** Looks the room up once. */
function Lookup({ code, onRetry, children }: RoomGateProps & { onRetry: () => void }) {
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    let current = true;
    pageRest.call('getRoom', { params: { code } }).then(
      (room) => current && setFound({ room }),
      (error: unknown) => current && setFound({ error: asFailure(error).toError() }),
    );
    return () => {
      current = false;
    };
  }, [code]);
  if (found === null) return <PreJoinPlaceholder />;
  return 'room' in found ? children(found.room) : <RoomUnavailable error={found.error} onRetry={onRetry} />;
}
