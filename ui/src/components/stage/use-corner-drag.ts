'use client';

import { useRef, type PointerEvent, type RefObject } from 'react';
import type { Size } from '../../layout/index.ts';
import { nearestCorner, type Corner } from '../../view/call-view.ts';

type CornerDrag = {
  /** Goes on the element that is dragged. */
  ref: RefObject<HTMLDivElement | null>;
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: (event: PointerEvent) => void;
  onPointerCancel: (event: PointerEvent) => void;
};

/** A press that moves less is a click. */
const THRESHOLD_PX = 4;

/** Follows the pointer by writing to the element, and lets go into the nearest corner of its container. */
export function useCornerDrag(container: Size, onMoved: (corner: Corner) => void): CornerDrag {
  const element = useRef<HTMLDivElement>(null);
  const start = useRef<{ x: number; y: number; dragging: boolean } | null>(null);

  const finish = (event: PointerEvent, drop: boolean) => {
    const dragged = element.current;
    const moved = start.current?.dragging === true;
    start.current = null;
    if (dragged === null || !moved) return;
    const centre = centreOf(dragged);
    dragged.style.transform = '';
    dragged.releasePointerCapture(event.pointerId);
    if (drop) onMoved(nearestCorner(centre.x, centre.y, container));
  };

  return {
    ref: element,
    onPointerDown: (event) => {
      if (event.button === 0) start.current = { x: event.clientX, y: event.clientY, dragging: false };
    },
    onPointerMove: (event) => {
      const from = start.current;
      const dragged = element.current;
      if (from === null || dragged === null) return;
      const x = event.clientX - from.x;
      const y = event.clientY - from.y;
      if (!from.dragging && Math.hypot(x, y) < THRESHOLD_PX) return;
      // Captured only now, so that a plain click still reaches the buttons inside.
      if (!from.dragging) dragged.setPointerCapture(event.pointerId);
      from.dragging = true;
      dragged.style.transform = `translate(${x}px, ${y}px)`;
    },
    onPointerUp: (event) => finish(event, true),
    onPointerCancel: (event) => finish(event, false),
  };
}

function centreOf(element: HTMLElement): { x: number; y: number } {
  const own = element.getBoundingClientRect();
  const around = element.offsetParent?.getBoundingClientRect() ?? own;
  return { x: own.left + own.width / 2 - around.left, y: own.top + own.height / 2 - around.top };
}
