import { aspectsFor, fitTile, isPhone, type AspectRange, type Rect, type Size } from './rect.ts';

export const GRID_GAP = 8;
export const GRID_MAX_TILES = 49;
const MIN_TILE_WIDTH = 180;
const MIN_TILE_WIDTH_PHONE = 140;

export type GridOptions = {
  gap?: number;
  /** If tiles became narrower than this, the grid has pages instead. */
  minTileWidth?: number;
  aspects?: AspectRange;
};

export type Grid = {
  columns: number;
  rows: number;
  tile: Size;
  perPage: number;
  pages: number;
};

/** The grid with the largest tiles for `count` people, with pages if tiles would become too small. */
export function fitGrid(container: Size, count: number, options: GridOptions = {}): Grid {
  const gap = options.gap ?? GRID_GAP;
  const aspects = options.aspects ?? aspectsFor(container);
  const minTileWidth = options.minTileWidth ?? (isPhone(container) ? MIN_TILE_WIDTH_PHONE : MIN_TILE_WIDTH);
  const tiles = Math.max(1, Math.trunc(count));
  let perPage = Math.min(tiles, GRID_MAX_TILES);
  let shape = largestTiles(container, perPage, gap, aspects);
  while (perPage > 1 && shape.tile.width < minTileWidth) {
    perPage -= 1;
    shape = largestTiles(container, perPage, gap, aspects);
  }
  // The last row may have room for more tiles of the same size: fill it.
  if (perPage < tiles) perPage = Math.min(shape.columns * shape.rows, GRID_MAX_TILES, tiles);
  return { ...shape, perPage, pages: Math.ceil(tiles / perPage) };
}

/** The places of the tiles of one page. A last row that is not full is centred. */
export function gridRects(container: Size, grid: Grid, count: number, gap: number = GRID_GAP): Rect[] {
  const shown = Math.min(count, grid.perPage);
  const rows = Math.max(1, Math.ceil(shown / grid.columns));
  const { width, height } = grid.tile;
  const top = (container.height - rows * height - (rows - 1) * gap) / 2;
  return Array.from({ length: shown }, (_, index) => {
    const row = Math.floor(index / grid.columns);
    const column = index % grid.columns;
    const inRow = Math.min(grid.columns, shown - row * grid.columns);
    const left = (container.width - inRow * width - (inRow - 1) * gap) / 2;
    return { x: left + column * (width + gap), y: top + row * (height + gap), width, height };
  });
}

function largestTiles(
  container: Size,
  count: number,
  gap: number,
  aspects: AspectRange,
): Omit<Grid, 'perPage' | 'pages'> {
  let best = { columns: 1, rows: count, tile: { width: 0, height: 0 } };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const cell = {
      width: (container.width - gap * (columns - 1)) / columns,
      height: (container.height - gap * (rows - 1)) / rows,
    };
    const tile = fitTile(cell, aspects);
    const gained = tile.width * tile.height - best.tile.width * best.tile.height;
    const fewerHoles = Math.abs(gained) < 1 && columns * rows < best.columns * best.rows;
    if (gained >= 1 || fewerHoles) best = { columns, rows, tile };
  }
  return best;
}
