/** In CSS pixels, from the top left corner of the container. */
export type Rect = { x: number; y: number; width: number; height: number };

export type Size = { width: number; height: number };

/** The aspect ratios (width / height) a tile may take. Where both are equal, every tile has that shape. */
export type AspectRange = { min: number; max: number };

/** The smallest rectangle around all of `rects`. */
export function boundsOf(rects: readonly Rect[]): Rect {
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  return {
    x,
    y,
    width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x,
    height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y,
  };
}

const WIDESCREEN: AspectRange = { min: 16 / 9, max: 16 / 9 };

/** On an upright phone tiles are between portrait and widescreen, so that they use the height. */
const FLEXIBLE: AspectRange = { min: 3 / 4, max: 16 / 9 };

const PHONE_MAX_WIDTH = 640;

export function isPhone(container: Size): boolean {
  return container.width < PHONE_MAX_WIDTH;
}

export function isUprightPhone(container: Size): boolean {
  return isPhone(container) && container.height > container.width;
}

export function aspectsFor(container: Size): AspectRange {
  return isPhone(container) ? FLEXIBLE : WIDESCREEN;
}

/** The largest tile of an allowed shape inside a cell. */
export function fitTile(cell: Size, aspects: AspectRange): Size {
  const { width, height } = cell;
  if (width <= 0 || height <= 0) return { width: 0, height: 0 };
  const aspect = width / height;
  if (aspect > aspects.max) return { width: height * aspects.max, height };
  if (aspect < aspects.min) return { width, height: width / aspects.min };
  return { width, height };
}
