'use client';

import type { RoomCode } from '@parley/proto';
import { useEffect, useState, type ReactNode } from 'react';
import { getRoom } from '../../api/rooms.ts';
import type { CallError } from '../../call/types.ts';
import { RoomLoading } from './room-loading.tsx';
import { RoomUnavailable } from './room-unavailable.tsx';

type RoomGateProps = { code: RoomCode; children: ReactNode };

/** Lets through to a room that exists, before a camera is asked for; says what is wrong with any other. */
export function RoomGate({ code, children }: RoomGateProps) {
  const [attempt, setAttempt] = useState(0);
  return (
    <Lookup key={`${code} ${attempt}`} code={code} onRetry={() => setAttempt(attempt + 1)}>
      {children}
    </Lookup>
  );
}

type Found = 'looking' | 'there' | { error: CallError };

/** Looks once. */
function Lookup({ code, onRetry, children }: RoomGateProps & { onRetry: () => void }) {
  const [found, setFound] = useState<Found>('looking');
  useEffect(() => {
    let current = true;
    void getRoom(code).then((result) => {
      if (current) setFound(result.ok ? 'there' : { error: result.error });
    });
    return () => {
      current = false;
    };
  }, [code]);
  if (found === 'there') return children;
  return found === 'looking' ? <RoomLoading /> : <RoomUnavailable error={found.error} onRetry={onRetry} />;
}
