import { GRID_GAP } from './grid.ts';
import type { Rect, Size } from './rect.ts';

export type StageLayout = {
  /** Beside the stage where the container is wide, below it where it is tall. */
  side: 'right' | 'bottom' | 'none';
  stage: Rect;
  strip: Rect;
  tile: Size;
  /** How many tiles the strip shows at once; the others are on further pages. */
  perPage: number;
  pages: number;
};

const STRIP_ASPECT = 16 / 9;
const STRIP_WIDTH = { min: 132, max: 260, share: 0.2 };
const STRIP_HEIGHT = { min: 72, max: 146, share: 0.18 };

/** The layout of one large picture with a strip of `count` small ones. */
export function fitStage(container: Size, count: number, gap: number = GRID_GAP): StageLayout {
  if (count <= 0 || container.width <= 0 || container.height <= 0) return stageAlone(container);
  return container.width / container.height >= 1.2
    ? beside(container, count, gap)
    : below(container, count, gap);
}

/** The places of the tiles of a strip. Tiles below the stage are centred; tiles beside it begin at the top. */
export function stripRects(layout: StageLayout, count: number): Rect[] {
  const { strip, tile, side } = layout;
  const along = side === 'right' ? { x: 0, y: tile.height + GRID_GAP } : { x: tile.width + GRID_GAP, y: 0 };
  const length = count * tile.width + (count - 1) * GRID_GAP;
  const startX = side === 'bottom' ? strip.x + Math.max(0, (strip.width - length) / 2) : strip.x;
  return Array.from({ length: count }, (_, index) => ({
    x: startX + index * along.x,
    y: strip.y + index * along.y,
    ...tile,
  }));
}

/** Makes the tiles of a strip below the stage square, so that more of them fit on a phone. */
export function withSquareTiles(layout: StageLayout, count: number): StageLayout {
  if (layout.side !== 'bottom') return layout;
  const width = layout.tile.height;
  const perPage = Math.max(
    1,
    Math.min(count, Math.floor((layout.strip.width + GRID_GAP) / (width + GRID_GAP))),
  );
  return { ...layout, tile: { ...layout.tile, width }, perPage, pages: Math.ceil(count / perPage) };
}

function stageAlone(container: Size): StageLayout {
  return {
    side: 'none',
    stage: { x: 0, y: 0, width: Math.max(0, container.width), height: Math.max(0, container.height) },
    strip: { x: 0, y: 0, width: 0, height: 0 },
    tile: { width: 0, height: 0 },
    perPage: 0,
    pages: 0,
  };
}

function beside(container: Size, count: number, gap: number): StageLayout {
  const width = clamp(container.width * STRIP_WIDTH.share, STRIP_WIDTH.min, STRIP_WIDTH.max);
  const tile = { width, height: width / STRIP_ASPECT };
  const perPage = Math.max(1, Math.min(count, Math.floor((container.height + gap) / (tile.height + gap))));
  const stageWidth = Math.max(0, container.width - width - gap);
  return {
    side: 'right',
    stage: { x: 0, y: 0, width: stageWidth, height: container.height },
    strip: { x: stageWidth + gap, y: 0, width, height: container.height },
    tile,
    perPage,
    pages: Math.ceil(count / perPage),
  };
}

function below(container: Size, count: number, gap: number): StageLayout {
  const height = clamp(container.height * STRIP_HEIGHT.share, STRIP_HEIGHT.min, STRIP_HEIGHT.max);
  const tile = { width: height * STRIP_ASPECT, height };
  const perPage = Math.max(1, Math.min(count, Math.floor((container.width + gap) / (tile.width + gap))));
  const stageHeight = Math.max(0, container.height - height - gap);
  return {
    side: 'bottom',
    stage: { x: 0, y: 0, width: container.width, height: stageHeight },
    strip: { x: 0, y: stageHeight + gap, width: container.width, height },
    tile,
    perPage,
    pages: Math.ceil(count / perPage),
  };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
