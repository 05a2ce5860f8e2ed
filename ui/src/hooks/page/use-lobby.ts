'use client';

import type { LobbyPeople } from '@parley/proto/room';
import { useEffect } from 'react';
import type { CallError } from '../../call/base/call-failure.ts';
import type { PreviewClient } from '../../call/devices/device-preview.ts';
import type { Lobby } from '../../call/lobby/lobby.ts';
import { useStateOf } from '../use-state-of.ts';

type LobbyOfPage = {
  /** Why the person could not join now. */
  refusal: CallError | null;
  /** The people in the room; null while nothing is known of them here. */
  people: LobbyPeople | null;
  /** For the Join button: the person is about to press it. */
  intent: { onPointerEnter: () => void; onFocus: () => void };
};

type Person = {
  /** null: there is none to join with, or the person has to type a passcode first. */
  displayName: string | null;
  /** Whether they have typed it here. */
  isTyped: boolean;
};

/** Takes a place in the lobby as soon as the person means to join: a device was granted, a name typed, or the Join button is under the pointer. */
export function useLobby(
  lobby: Lobby,
  preview: PreviewClient,
  { displayName, isTyped }: Person,
): LobbyOfPage {
  const refusal = useStateOf(lobby, (state) => state.refusal);
  const people = useStateOf(lobby, (state) => state.people);
  const isGranted = useStateOf(
    preview,
    ({ camera, microphone }) => camera.status === 'live' || microphone.status === 'live',
  );
  const isMeant = isGranted || isTyped;
  useEffect(() => {
    if (isMeant && displayName !== null) lobby.want(displayName);
  }, [lobby, isMeant, displayName]);
  const want = (): void => {
    if (displayName !== null) lobby.want(displayName);
  };
  return { refusal, people, intent: { onPointerEnter: want, onFocus: want } };
}
