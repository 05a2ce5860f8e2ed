'use client';

import { createContext, use, type ReactNode } from 'react';
import type { Call } from '../call/call.ts';
import type { CallState, Participant } from '../call/state/call-state.ts';
import { useStateOf } from './use-state-of.ts';

/*
 * The only place where the call client meets React. Components read parts of its state and call its methods. No component keeps a copy.
 */

const CallContext = createContext<Call | null>(null);

export function CallProvider({ call, children }: { call: Call; children: ReactNode }) {
  return <CallContext value={call}>{children}</CallContext>;
}

export function useCallClient(): Call {
  const call = use(CallContext);
  if (call === null) throw new Error('There is no call here');
  return call;
}

/** One part of the call's state: `useCall((state) => state.phase)`. `select` returns a part as it is, not a new object. */
export function useCall<Part>(select: (state: CallState) => Part): Part {
  return useStateOf(useCallClient(), select);
}

export function useSelf(): Participant | null {
  return useCall((state) => state.participants.find((participant) => participant.isSelf) ?? null);
}
