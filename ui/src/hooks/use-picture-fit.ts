'use client';

import { useLayoutEffect, useState, type RefObject } from 'react';
import { pictureFit, type PictureFit } from '../layout/picture-fit.ts';
import type { Size } from '../layout/rect.ts';

/** How a picture of this shape is shown in `tile`. Renders again only when the answer changes, not with each size of the tile. */
export function usePictureFit(
  tile: RefObject<HTMLElement | null>,
  shape: Size | null,
  choice: PictureFit | null,
): PictureFit {
  const [fit, setFit] = useState<PictureFit>('cover');
  useLayoutEffect(() => {
    const element = tile.current;
    if (element === null) return undefined;
    const measure = () =>
      setFit(pictureFit(shape, { width: element.clientWidth, height: element.clientHeight }, choice));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [tile, shape, choice]);
  return fit;
}
