'use client';

import type { RoomCode } from '@parley/proto';
import { useEffect, useState, type ReactNode } from 'react';
import { getRoom } from '../../api/rooms.ts';
import type { CallError } from '../../call/types.ts';
import { RoomLoading } from './room-loading.tsx';
import { RoomUnavailable } from './room-unavailable.tsx';

type Looked = 'looking' | 'there' | { error: CallError };

/** Lets through to a room that exists, before a camera is asked for; says what is wrong with any other. */
export function RoomGate({ code, children }: { code: RoomCode; children: ReactNode }) {
  const [looked, setLooked] = useState<Looked>('looking');
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let current = true;
    void getRoom(code).then((result) => {
      if (current) setLooked(result.ok ? 'there' : { error: result.error });
    });
    return () => {
      current = false;
    };
  }, [code, attempt]);

  if (looked === 'there') return children;
  if (looked === 'looking') return <RoomLoading />;
  const retry = () => {
    setLooked('looking');
    setAttempt(attempt + 1);
  };
  return <RoomUnavailable error={looked.error} onRetry={retry} />;
}
