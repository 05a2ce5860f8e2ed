import { fitGrid, type Grid } from './grid.ts';
import type { CameraShapes } from './picture-fit.ts';
import { isUprightPhone, type AspectRange, type Size } from './rect.ts';

const PAGER_HEIGHT = 44;

/** A grid and its container, which is lower if the grid has pages: the pager is below it. */
export type GridPlan = { container: Size; grid: Grid };

export function planGrid(size: Size, count: number, cameras: CameraShapes): GridPlan {
  const options = { aspects: tileShapes(size, count, cameras) };
  const grid = fitGrid(size, count, options);
  if (grid.pages === 1) return { container: size, grid };
  const container = { ...size, height: size.height - PAGER_HEIGHT };
  return { container, grid: fitGrid(container, count, options) };
}

/** Beside an open panel the container is nearly square. Tiles up to 4:3 fill it better than widescreen tiles. */
const ROOMY: AspectRange = { min: 4 / 3, max: 16 / 9 };

/** A single tile on an upright phone fills the screen. */
const UPRIGHT: AspectRange = { min: 9 / 20, max: 16 / 9 };

/** Between portrait and widescreen, while no camera is known. */
const FLEXIBLE: AspectRange = { min: 3 / 4, max: 16 / 9 };

/** For cameras that are held upright. */
const TALL: AspectRange = { min: 9 / 16, max: 1 };

/** In a tile that is taller than a square, a wide picture would be a narrow strip. */
const SQUARISH: AspectRange = { min: 1, max: 16 / 9 };

/** The shapes that the tiles of the grid may take. */
function tileShapes(container: Size, count: number, cameras: CameraShapes): AspectRange {
  const upright = isUprightPhone(container);
  if (count === 1) return upright ? UPRIGHT : ROOMY;
  if (cameras === 'upright') return TALL;
  if (!upright) return ROOMY;
  return cameras === 'wide' ? SQUARISH : FLEXIBLE;
}
