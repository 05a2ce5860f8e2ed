import { GRID_GAP } from './grid.ts';
import type { Rect, Size } from './rect.ts';

export type StageLayout = {
  /** Beside the stage where the container is wide, below it where it is tall. */
  side: 'right' | 'bottom' | 'none';
  stage: Rect;
  strip: Rect;
  tile: Size;
  /** How many tiles the strip shows at once; the rest is scrolled or paged to. */
  perPage: number;
  pages: number;
};

const STRIP_ASPECT = 16 / 9;
const STRIP_WIDTH = { min: 132, max: 260, share: 0.2 };
const STRIP_HEIGHT = { min: 72, max: 146, share: 0.18 };

/** One large picture with a strip of `count` small ones. */
export function fitStage(container: Size, count: number, gap: number = GRID_GAP): StageLayout {
  if (count <= 0 || container.width <= 0 || container.height <= 0) return stageAlone(container);
  return container.width / container.height >= 1.2
    ? beside(container, count, gap)
    : below(container, count, gap);
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
