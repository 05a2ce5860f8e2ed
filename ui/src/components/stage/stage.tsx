'use client';

import { useRef } from 'react';
import { useCall } from '../../hooks/use-call.tsx';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useSize } from '../../hooks/use-size.ts';
import type { Participant } from '../../call/state/call-state.ts';
import { wantsStage } from '../../arrangement/arrangement.ts';
import { selfPlacement } from '../../arrangement/self-view.ts';
import { planGrid } from '../../layout/grid-plan.ts';
import { AloneCard } from './alone-card.tsx';
import { FloatingSelf } from './floating-self.tsx';
import { GridStage } from './grid-stage.tsx';
import { SpeakerStage } from './speaker-stage.tsx';
import { useSlots } from './use-slots.ts';
import { useStagedPicture } from './use-staged-picture.ts';

/** All pictures of the call: as a grid, or as a stage with a strip. */
export function Stage() {
  const root = useRef<HTMLDivElement>(null);
  const size = useSize(root);
  const participants = useCall((state) => state.participants);
  const { arrangement } = useArrangement();
  const staged = useStagedPicture(participants, arrangement.pinned);
  const self = participants.find((participant) => participant.isSelf);
  const others = participants.filter((participant) => !participant.isSelf);
  const mode = wantsStage(arrangement, staged, participants.length) ? 'stage' : 'grid';
  const placement = selfPlacement(arrangement.selfView, others.length, mode, staged?.source === 'screen');
  const selfIsStaged = staged?.source === 'camera' && staged.peerId === self?.peerId && mode === 'stage';
  const selfIsShown = placement === 'inline' || selfIsStaged;
  const plan = planGrid(size, selfIsShown ? participants.length : others.length);
  const page = Math.min(arrangement.page, plan.grid.pages - 1);
  // The order includes the own tile even while it floats: when it comes back to the grid, no other tile moves.
  const order = useSlots(participants, plan.grid.perPage + (selfIsShown ? 0 : 1), page);
  const isShown = (participant: Participant) => selfIsShown || !participant.isSelf;

  return (
    <div ref={root} className="relative min-h-0 min-w-0 flex-1">
      {size.width === 0 ? null : mode === 'stage' && staged !== null ? (
        <SpeakerStage size={size} participants={participants.filter(isShown)} staged={staged} />
      ) : (
        <GridStage plan={plan} arranged={order.filter(isShown)} page={page} />
      )}
      {placement === 'floating' && self !== undefined && !selfIsStaged ? (
        <FloatingSelf self={self} container={size} />
      ) : null}
      {others.length === 0 && self !== undefined ? <AloneCard /> : null}
    </div>
  );
}
