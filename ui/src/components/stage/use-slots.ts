'use client';

import type { PeerId } from '@parley/proto';
import { useState } from 'react';
import type { Participant } from '../../call/index.ts';
import { assignSlots } from '../../layout/order.ts';
import { NO_SPEECH, rememberSpeech } from '../../layout/speech-memory.ts';

/** Participants in the order of their tiles. Whoever is visible keeps the place. */
export function useSlots(participants: readonly Participant[], perPage: number, page: number): Participant[] {
  const [order, setOrder] = useState<readonly PeerId[]>([]);
  const [speech, setSpeech] = useState(NO_SPEECH);

  // State that follows from what is rendered is set while rendering: React starts over before anything is painted.
  const heard = rememberSpeech(
    speech,
    participants.filter((p) => p.speaking).map((p) => p.peerId),
  );
  if (heard !== speech) setSpeech(heard);

  const next = assignSlots<PeerId>({
    previous: order,
    members: participants.map((participant) => participant.peerId),
    perPage,
    page,
    speaking: heard.speaking,
    lastSpokeAt: heard.lastSpokeAt,
    fixed: new Set(
      participants.filter((participant) => participant.isSelf).map((participant) => participant.peerId),
    ),
  });
  if (!sameOrder(order, next)) setOrder(next);

  const byId = new Map(participants.map((participant) => [participant.peerId, participant]));
  return next.map((id) => byId.get(id)).filter((participant) => participant !== undefined);
}

function sameOrder(a: readonly PeerId[], b: readonly PeerId[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
