import { fitGrid, type Grid } from './grid.ts';
import type { Size } from './rect.ts';
import { tileShapes } from './tile-shapes.ts';

export const PAGER_HEIGHT = 44;

/** A grid and the room it has, which is less where there are pages to turn. */
export type GridPlan = { container: Size; grid: Grid };

export function planGrid(size: Size, count: number): GridPlan {
  const options = { aspects: tileShapes(size, count) };
  const grid = fitGrid(size, count, options);
  if (grid.pages === 1) return { container: size, grid };
  const container = { ...size, height: size.height - PAGER_HEIGHT };
  return { container, grid: fitGrid(container, count, options) };
}
