'use client';

import type { PeerId } from '@parley/proto/ids';
import { useLayoutEffect, useState } from 'react';
import { stageMembers } from '../../selectors/stage-members.ts';
import { useCall } from '../../hooks/use-call.tsx';
import type { Participant } from '../../call/state/call-state.ts';
import { isShowable, selectStage, STAGE_HOLD_MS, type PictureRef, type Staged } from '../../layout/stage.ts';

/** The picture on the stage. Selects again when the time that a speaker keeps the stage is over. */
export function useStagedPicture(
  participants: readonly Participant[],
  pinned: PictureRef<PeerId> | null,
): PictureRef<PeerId> | null {
  const dominantPeerId = useCall((state) => state.dominantPeerId);
  const [staged, setStaged] = useState<Staged<PeerId> | null>(null);

  useLayoutEffect(() => {
    const select = () =>
      setStaged((previous) =>
        selectStage({
          members: stageMembers(participants),
          pinned,
          dominantPeerId,
          previous,
          now: Date.now(),
        }),
      );
    select();
    const timer = setTimeout(select, STAGE_HOLD_MS);
    return () => clearTimeout(timer);
  }, [participants, pinned, dominantPeerId]);

  return staged !== null && isShowable(stageMembers(participants), staged.picture) ? staged.picture : null;
}
