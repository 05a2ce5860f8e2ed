'use client';

import type { PeerId } from '@parley/proto/ids';
import { useRef } from 'react';
import { useCall } from '../../hooks/use-call.tsx';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useCameraShapes } from '../../hooks/use-camera-shapes.tsx';
import { useSize } from '../../hooks/page/use-size.ts';
import type { Participant } from '../../call/state/call-state.ts';
import { wantsStage } from '../../arrangement/arrangement.ts';
import { selfPlacement } from '../../arrangement/self-view.ts';
import { gridRects } from '../../layout/grid.ts';
import { planGrid, type GridPlan } from '../../layout/grid-plan.ts';
import { cameraShapes } from '../../layout/picture-fit.ts';
import { boundsOf, type Rect, type Size } from '../../layout/rect.ts';
import { stripPictures, type PictureRef } from '../../layout/stage.ts';
import { fitStage } from '../../layout/strip.ts';
import { stageMembers } from '../../selectors/stage-members.ts';
import { AloneCard } from './alone-card.tsx';
import { FloatingSelf } from './floating-self.tsx';
import { GridStage } from './grid-stage.tsx';
import { SpeakerStage } from './speaker-stage.tsx';
import { useSlots } from './use-slots.ts';
import { useStagedPicture } from './use-staged-picture.ts';

/** The pictures of the call, and above them an invitation for a person who is alone. */
export function Stage() {
  const alone = useCall(({ participants }) => participants.length === 1);
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col gap-2">
      {alone ? <AloneCard /> : null}
      <Pictures />
    </div>
  );
}

/** All pictures of the call: as a grid, or as a stage with a strip. */
function Pictures() {
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
  const shown = selfIsShown ? participants : others;
  const plan = planGrid(size, shown.length, useShapesOf(shown));
  const page = Math.min(arrangement.page, plan.grid.pages - 1);
  // The order includes the own tile even while it floats: when it comes back to the grid, no other tile moves.
  const order = useSlots(participants, plan.grid.perPage + (selfIsShown ? 0 : 1), page);
  const isShown = (participant: Participant) => selfIsShown || !participant.isSelf;
  const picture = mode === 'stage' ? staged : null;

  return (
    <div ref={root} className="relative min-h-0 min-w-0 flex-1">
      {size.width === 0 ? null : picture === null ? (
        <GridStage plan={plan} arranged={order.filter(isShown)} page={page} />
      ) : (
        <SpeakerStage size={size} participants={shown} staged={picture} />
      )}
      {placement === 'floating' && self !== undefined && !selfIsStaged ? (
        <FloatingSelf
          self={self}
          frame={picture === null ? gridFrame(plan, shown.length) : stageFrame(size, shown, picture)}
        />
      ) : null}
    </div>
  );
}

/** The shapes of the pictures of people whose camera is on. */
function useShapesOf(people: readonly Participant[]) {
  const shapes = useCameraShapes();
  const on = people.filter((participant) => participant.cameraOn);
  return cameraShapes(on.flatMap(({ peerId }) => shapes.get(peerId) ?? []));
}

function gridFrame({ container, grid }: GridPlan, count: number): Rect {
  return boundsOf(gridRects(container, grid, count));
}

function stageFrame(size: Size, shown: readonly Participant[], staged: PictureRef<PeerId>): Rect {
  return fitStage(size, stripPictures(stageMembers(shown), staged).length).stage;
}
