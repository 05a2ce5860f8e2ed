import type { ReactNode } from 'react';
import type { Rect } from '../../layout/rect.ts';

/**
 * Puts a picture where the layout wants it, and moves it there calmly when that changes. The picture itself knows
 * nothing of its place, so that it is drawn again only when its person changes.
 */
export function Placed({ rect, children }: { rect: Rect | undefined; children: ReactNode }) {
  if (rect === undefined) return null;
  const { x, y, width, height } = rect;
  return (
    <div
      style={{
        left: Math.round(x),
        top: Math.round(y),
        width: Math.floor(width),
        height: Math.floor(height),
      }}
      className="absolute animate-fade transition-[left,top,width,height] duration-200 ease-calm"
    >
      {children}
    </div>
  );
}
