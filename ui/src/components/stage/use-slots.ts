'use client';

import type { PeerId } from '@parley/proto/ids';
import { useState } from 'react';
import type { Participant } from '../../call/index.ts';
import { assignSlots } from '../../layout/order.ts';
import { NO_SPEECH, rememberSpeech } from '../../layout/speech-memory.ts';

/** Participants in the order of their tiles. A visible participant keeps the place. */
export function useSlots(participants: readonly Participant[], perPage: number, page: number): Participant[] {
  const [order, setOrder] = useState<readonly PeerId[]>([]);
  const [speech, setSpeech] = useState(NO_SPEECH);

  // Both states follow from the props, so they are set while rendering: React then renders again before it paints.
  const remembered = rememberSpeech(
    speech,
    participants.filter((p) => p.speaking).map((p) => p.peerId),
  );
  if (remembered !== speech) setSpeech(remembered);

  const next = assignSlots<PeerId>({
    previous: order,
    members: participants.map((participant) => participant.peerId),
    perPage,
    page,
    speaking: remembered.speaking,
    lastSpokeAt: remembered.lastSpokeAt,
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
