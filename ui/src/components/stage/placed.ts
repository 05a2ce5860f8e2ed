import type { CSSProperties } from 'react';
import type { Rect } from '../../layout/index.ts';

/** Puts an element where the layout wants it, and moves it there calmly when that changes. */
export function placed(rect: Rect | undefined): { style: CSSProperties; className: string } {
  if (rect === undefined) return { style: { display: 'none' }, className: '' };
  const { x, y, width, height } = rect;
  return {
    style: { left: Math.round(x), top: Math.round(y), width: Math.floor(width), height: Math.floor(height) },
    className: 'absolute animate-fade transition-[left,top,width,height] duration-200 ease-calm',
  };
}
