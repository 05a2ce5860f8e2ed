'use client';

import { Move } from 'lucide-react';
import { Direction } from 'radix-ui';
import type { KeyboardEvent } from 'react';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import { useCameraShapes } from '../../hooks/use-camera-shapes.tsx';
import { useWords } from '../../hooks/use-words.ts';
import type { Participant } from '../../call/state/call-state.ts';
import type { Rect } from '../../layout/rect.ts';
import { movedCorner, SELF_MARGIN, selfViewSize, type Corner } from '../../arrangement/self-view.ts';
import { Tile } from '../tile/tile.tsx';
import { useCornerDrag } from './use-corner-drag.ts';

type Side = 'insetBlockStart' | 'insetBlockEnd' | 'insetInlineStart' | 'insetInlineEnd';

const PLACES: Record<Corner, readonly Side[]> = {
  'top-start': ['insetBlockStart', 'insetInlineStart'],
  'top-end': ['insetBlockStart', 'insetInlineEnd'],
  'bottom-start': ['insetBlockEnd', 'insetInlineStart'],
  'bottom-end': ['insetBlockEnd', 'insetInlineEnd'],
};

type FloatingSelfProps = {
  self: Participant;
  /** The area of the pictures below: the own picture stays inside. */
  frame: Rect;
};

/** One's own picture in a corner. It can be dragged to another corner, or moved with the arrow keys. */
export function FloatingSelf({ self, frame }: FloatingSelfProps) {
  const { t } = useWords();
  const { arrangement, dispatch } = useArrangement();
  const direction = Direction.useDirection();
  const shapes = useCameraShapes();
  const move = (corner: Corner) => dispatch({ type: 'self-view-moved', corner });
  const drag = useCornerDrag(frame, move);
  const onKeyDown = (event: KeyboardEvent) => {
    const corner = movedCorner(arrangement.selfCorner, event.key, direction);
    if (corner === null) return;
    event.preventDefault();
    move(corner);
  };
  const camera = self.cameraTrack === null ? null : (shapes.get(self.peerId) ?? null);
  const place = Object.fromEntries(PLACES[arrangement.selfCorner].map((side) => [side, SELF_MARGIN]));

  return (
    <div
      style={{ insetInlineStart: frame.x, top: frame.y, width: frame.width, height: frame.height }}
      className="pointer-events-none absolute z-20"
    >
      <div
        data-testid="self-view"
        style={{ ...selfViewSize(frame, camera), ...place }}
        className="group/self pointer-events-auto absolute touch-none rounded-xl shadow-float"
        {...drag}
      >
        <Tile participant={self} small className="size-full" />
        <button
          type="button"
          aria-label={t('stage.moveSelf')}
          onKeyDown={onKeyDown}
          className="absolute end-1.5 bottom-1.5 flex size-9 cursor-grab items-center justify-center rounded-full bg-black/60 text-white opacity-0 transition-opacity group-hover/self:opacity-100 focus-visible:opacity-100 [@media(hover:none)]:hidden"
        >
          <Move aria-hidden className="size-4" />
        </button>
      </div>
    </div>
  );
}
