import { GRID_GAP } from './grid.ts';
import type { Rect } from './rect.ts';
import type { StageLayout } from './strip.ts';

/** Where the tiles of a strip go: a strip below the stage is centred, one beside it begins at the top. */
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

/** On a phone the strip below the stage has square tiles, so that more than one fits. */
export function withSquareTiles(layout: StageLayout, count: number): StageLayout {
  if (layout.side !== 'bottom') return layout;
  const width = layout.tile.height;
  const perPage = Math.max(
    1,
    Math.min(count, Math.floor((layout.strip.width + GRID_GAP) / (width + GRID_GAP))),
  );
  return { ...layout, tile: { ...layout.tile, width }, perPage, pages: Math.ceil(count / perPage) };
}
