import { GRID_GAP, type Rect, type StageLayout } from '../../layout/index.ts';

/** Where the tiles of a strip go: from its beginning, centred across. */
export function stripRects(layout: StageLayout, count: number): Rect[] {
  const { strip, tile, side } = layout;
  const along = side === 'right' ? { x: 0, y: tile.height + GRID_GAP } : { x: tile.width + GRID_GAP, y: 0 };
  // A strip below the stage is centred, a strip beside it starts at the top, where the eye begins.
  const length = count * tile.width + (count - 1) * GRID_GAP;
  const startX = side === 'bottom' ? strip.x + Math.max(0, (strip.width - length) / 2) : strip.x;
  return Array.from({ length: count }, (_, index) => ({
    x: startX + index * along.x,
    y: strip.y + index * along.y,
    ...tile,
  }));
}
