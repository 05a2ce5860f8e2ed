'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { pageSession } from '../account/page-session.ts';
import { SESSION_UNKNOWN, type SessionState } from '../account/session.ts';

const subscribe = (listener: () => void) => pageSession.subscribe(listener);

/** The log-in of this page, and its person. `unknown` on the server, and until the page knows. */
export function useSession(): SessionState {
  useEffect(() => pageSession.start(), []);
  return useSyncExternalStore(
    subscribe,
    () => pageSession.getState(),
    () => SESSION_UNKNOWN,
  );
}
