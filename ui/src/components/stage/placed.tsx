import type { ReactNode } from 'react';
import type { Rect } from '../../layout/rect.ts';

/** Puts a tile at its place, and moves the tile there slowly when the place changes. The tile does not know its place, so it is not rendered again. */
export function Placed({ rect, children }: { rect: Rect | undefined; children: ReactNode }) {
  if (rect === undefined) return null;
  const { x, y, width, height } = rect;
  return (
    <div
      style={{
        insetInlineStart: Math.round(x),
        top: Math.round(y),
        width: Math.floor(width),
        height: Math.floor(height),
      }}
      className="absolute animate-fade transition-[inset-inline-start,top,width,height] duration-200 ease-calm"
    >
      {children}
    </div>
  );
}
