'use client';

import type { RoomCode } from '@parley/proto/ids';
import { useEffect, useRef, useState } from 'react';
import { rememberPasscode } from '../../browser/tab-passcodes.ts';
import { asFailure, type CallError } from '../../call/base/call-failure.ts';
import type { Call } from '../../call/call.ts';
import type { JoinChoice } from '../../call/devices/join-choice.ts';
import type { Lobby } from '../../call/lobby/lobby.ts';
import { TabCall } from '../../call/tab/tab-call.ts';
import { rejoinChoice } from '../../selectors/rejoin-choice.ts';
import { isPasscodeRefusal, isTooLate, makeCall, type CallFactory } from './call-start.ts';
import { Drawing } from './drawing.ts';

/** `attempt` is another one for each call of the page. */
export type Joined = { call: Call; attempt: number };

/** The calls of a page, one after the other. Every join makes a new call and closes the previous one. */
export function useJoinedCall(code: RoomCode, factory: CallFactory, lobby: Lobby) {
  /** null: the page before the call. */
  const [joined, setJoined] = useState<Joined | null>(null);
  const current = useRef<Call | null>(null);
  const nextChoice = useRef<JoinChoice | null>(null);
  const drawings = useRef<Drawing | null>(null);
  /** Why the last passcode did not do. */
  const [refusal, setRefusal] = useState<CallError | null>(null);
  const [broken, setBroken] = useState<Error | null>(null);
  /** How often the person was sent back to the pre-join page, which then needs another preview. */
  const [returns, setReturns] = useState(0);
  // Forward may follow back. Leaving is a matter of its own.
  useEffect(() => () => current.current?.suspend(), []);

  const prepare = () => {
    lobby.giveUp();
    setReturns((before) => before + 1);
    setJoined(null);
  };
  const follow = (call: Call, choice: JoinChoice, drawing: Drawing) => {
    if (current.current !== call) return drawing.cancel();
    const state = call.getState();
    nextChoice.current = rejoinChoice(nextChoice.current ?? choice, state);
    const isRefused = isPasscodeRefusal(state, choice);
    // The pre-join page has microphone and camera as they were in this tab.
    if (!isTooLate(state) && !isRefused) return drawing.follow(state);
    drawing.cancel();
    if (isRefused) setRefusal(state.error);
    if (state.error?.code === 'passcode_wrong') rememberPasscode(code, '');
    prepare();
  };
  const join = (choice: JoinChoice, tab = TabCall.begin(code)) => {
    // The page on which Join was pressed is there for a moment more.
    if (drawings.current?.pending === true) return;
    current.current?.close();
    try {
      const call = makeCall(factory, lobby, { code, choice, tab });
      current.current = call;
      // The tracks belong to this call; the next call opens the devices itself.
      const { tracks: _given, ...remembered } = choice;
      nextChoice.current = remembered;
      setRefusal(null);
      const draw = () => {
        // The page of the call may prepare the next one.
        lobby.giveUp();
        setJoined((before) => ({ call, attempt: (before?.attempt ?? 0) + 1 }));
      };
      // A page that comes back has nothing else to show.
      const drawing = new Drawing(tab.left === null, draw);
      drawings.current = drawing;
      call.subscribe(() => follow(call, remembered, drawing));
      // The page shows a failure from the state of the call. A rejection is a fault of the page.
      call.join().catch((error: unknown) => {
        call.close();
        setBroken(asFailure(error));
      });
    } catch (error) {
      setBroken(asFailure(error));
    }
  };
  return { joined, refusal, broken, returns, join, prepare, nextChoice: () => nextChoice.current };
}
