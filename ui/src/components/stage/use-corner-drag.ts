'use client';

import { Direction } from 'radix-ui';
import { useEffect, useRef, type PointerEvent as ReactPointerEvent, type RefObject } from 'react';
import type { Size } from '../../layout/rect.ts';
import { nearestCorner, type Corner } from '../../arrangement/self-view.ts';

type CornerDrag = {
  /** For the element that is dragged. */
  ref: RefObject<HTMLDivElement | null>;
  onPointerDown: (event: ReactPointerEvent) => void;
};

/** A press that moves less than this is a click. */
const THRESHOLD_PX = 4;

/** Moves an element with the pointer, and reports the corner of the container that is nearest when the pointer is released. */
export function useCornerDrag(container: Size, onMoved: (corner: Corner) => void): CornerDrag {
  const direction = Direction.useDirection();
  const element = useRef<HTMLDivElement>(null);
  const drag = useRef<AbortController | null>(null);
  useEffect(() => () => drag.current?.abort(), []);

  const onPointerDown = (down: ReactPointerEvent) => {
    const dragged = element.current;
    const onMenu = down.target instanceof Element && down.target.closest('[aria-haspopup]') !== null;
    if (dragged === null || down.button !== 0 || onMenu) return;
    drag.current?.abort();
    drag.current = followPointer(dragged, down, ({ x, y }) =>
      onMoved(nearestCorner(x, y, container, direction)),
    );
  };

  return { ref: element, onPointerDown };
}

/** Follows the pointer until it is released. The listeners are on the document, because a quick pointer leaves the element. */
function followPointer(
  dragged: HTMLElement,
  down: Pick<PointerEvent, 'clientX' | 'clientY' | 'pointerId'>,
  onDropped: (centre: { x: number; y: number }) => void,
): AbortController {
  const following = new AbortController();
  const { signal } = following;
  let moved = false;
  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return;
    const x = event.clientX - down.clientX;
    const y = event.clientY - down.clientY;
    moved ||= Math.hypot(x, y) >= THRESHOLD_PX;
    if (moved) dragged.style.transform = `translate(${x}px, ${y}px)`;
  };
  const onUp = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return;
    const centre = centreOf(dragged);
    following.abort();
    if (moved) onDropped(centre);
  };
  signal.addEventListener('abort', () => (dragged.style.transform = ''));
  document.addEventListener('pointermove', onMove, { signal });
  document.addEventListener('pointerup', onUp, { signal });
  document.addEventListener('pointercancel', () => following.abort(), { signal });
  return following;
}

function centreOf(element: HTMLElement): { x: number; y: number } {
  const own = element.getBoundingClientRect();
  const around = element.offsetParent?.getBoundingClientRect() ?? own;
  return { x: own.left + own.width / 2 - around.left, y: own.top + own.height / 2 - around.top };
}
