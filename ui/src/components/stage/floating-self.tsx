'use client';

import { Move } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useArrangement } from '../../hooks/use-arrangement.tsx';
import type { Participant } from '../../call/state/call-state.ts';
import type { Size } from '../../layout/rect.ts';
import { movedCorner, type Corner } from '../../arrangement/self-view.ts';
import { Tile } from '../tile/tile.tsx';
import { cn } from '../basics/cn.ts';
import { useCornerDrag } from './use-corner-drag.ts';

const MARGIN = 12;
const PLACES: Record<Corner, string> = {
  'top-left': 'top-3 left-3',
  'top-right': 'top-3 right-3',
  'bottom-left': 'bottom-3 left-3',
  'bottom-right': 'bottom-3 right-3',
};

/** One's own picture in a corner. It can be dragged to another corner, or moved with the arrow keys. */
export function FloatingSelf({ self, container }: { self: Participant; container: Size }) {
  const { arrangement, dispatch } = useArrangement();
  const move = (corner: Corner) => dispatch({ type: 'self-view-moved', corner });
  const drag = useCornerDrag(container, move);
  const onKeyDown = (event: KeyboardEvent) => {
    const corner = movedCorner(arrangement.selfCorner, event.key);
    if (corner === null) return;
    event.preventDefault();
    move(corner);
  };
  const width = Math.min(Math.max(112, container.width * 0.2), 256, container.width - 2 * MARGIN);

  return (
    <div
      data-testid="self-view"
      style={{ width }}
      className={cn(
        'group/self absolute z-20 touch-none rounded-xl shadow-float',
        PLACES[arrangement.selfCorner],
      )}
      {...drag}
    >
      <Tile participant={self} small className={container.width < 640 ? 'aspect-3/4' : 'aspect-video'} />
      <button
        type="button"
        aria-label="Move your picture with the arrow keys"
        onKeyDown={onKeyDown}
        className="absolute right-1.5 bottom-1.5 flex size-9 cursor-grab items-center justify-center rounded-full bg-black/60 text-white opacity-0 transition-opacity group-hover/self:opacity-100 focus-visible:opacity-100 [@media(hover:none)]:hidden"
      >
        <Move aria-hidden className="size-4" />
      </button>
    </div>
  );
}
