'use client';

import type { PeerId } from '@parley/proto';
import { useLayoutEffect, useState } from 'react';
import { useCall } from '../../hooks/use-call.tsx';
import type { Participant } from '../../call/types.ts';
import { selectStage, STAGE_HOLD_MS, type PictureRef } from '../../layout/stage.ts';

type Held = { picture: PictureRef<PeerId>; since: number };

/** Who is large. Looks again when a speaker's hold on the stage has run out. */
export function useStagedPicture(
  participants: readonly Participant[],
  pinned: PictureRef<PeerId> | null,
): PictureRef<PeerId> | null {
  const dominantPeerId = useCall((state) => state.dominantPeerId);
  const [held, setHeld] = useState<Held | null>(null);

  useLayoutEffect(() => {
    const look = () =>
      setHeld((previous) =>
        selectStage({
          members: participants.map(toMember),
          pinned,
          dominantPeerId,
          previous,
          now: Date.now(),
        }),
      );
    look();
    const timer = setTimeout(look, STAGE_HOLD_MS);
    return () => clearTimeout(timer);
  }, [participants, pinned, dominantPeerId]);

  return held !== null && isThere(participants, held.picture) ? held.picture : null;
}

/** One's own screen never takes one's own stage: it would show itself in itself. */
function toMember(participant: Participant) {
  const { peerId, isSelf, screenOn } = participant;
  return { peerId, isSelf, screenOn: screenOn && !isSelf };
}

function isThere(participants: readonly Participant[], picture: PictureRef<PeerId>): boolean {
  const participant = participants.find((candidate) => candidate.peerId === picture.peerId);
  return participant !== undefined && (picture.source === 'camera' || participant.screenOn);
}
