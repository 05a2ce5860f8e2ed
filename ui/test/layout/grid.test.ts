import { describe, expect, test } from '@jest/globals';
import { fitGrid, gridRects, GRID_MAX_TILES } from '../../src/layout/grid.ts';
import type { Rect, Size } from '../../src/layout/rect.ts';

const DESKTOP = { width: 1280, height: 720 };
const PHONE = { width: 390, height: 700 };
const CONTAINERS: Size[] = [
  DESKTOP,
  PHONE,
  { width: 1920, height: 980 },
  { width: 800, height: 1200 },
  { width: 700, height: 390 },
  { width: 320, height: 480 },
];

describe('the grid', () => {
  test.each([
    [1, 1, 1],
    [2, 2, 1],
    [3, 2, 2],
    [4, 2, 2],
    [5, 3, 2],
    [6, 3, 2],
    [7, 3, 3],
    [9, 3, 3],
    [16, 4, 4],
    [25, 5, 5],
  ])('shows %i people on a desktop in %i columns and %i rows', (count, columns, rows) => {
    const grid = fitGrid(DESKTOP, count);
    expect([grid.columns, grid.rows]).toEqual([columns, rows]);
    expect(grid.pages).toBe(1);
  });

  test('stacks two people on an upright phone and uses its height', () => {
    const grid = fitGrid(PHONE, 2);
    expect([grid.columns, grid.rows]).toEqual([1, 2]);
    expect(grid.tile.height * 2 + 8).toBeGreaterThan(PHONE.height * 0.9);
  });

  test('has pages on a phone instead of tiny tiles', () => {
    const grid = fitGrid(PHONE, 30);
    expect(grid.pages).toBeGreaterThan(1);
    expect(grid.tile.width).toBeGreaterThanOrEqual(140);
    expect(grid.perPage * grid.pages).toBeGreaterThanOrEqual(30);
  });

  test('never shows more than 49 at once', () => {
    const grid = fitGrid({ width: 7680, height: 4320 }, 100);
    expect(grid.perPage).toBe(GRID_MAX_TILES);
    expect(grid.pages).toBe(3);
  });

  test('fills its rows if it has pages', () => {
    const grid = fitGrid({ width: 700, height: 500 }, 40);
    expect(grid.perPage).toBe(grid.columns * grid.rows);
  });

  test('accepts a container without size', () => {
    for (const size of [
      { width: 0, height: 0 },
      { width: 300, height: 0 },
    ]) {
      const grid = fitGrid(size, 4);
      expect(grid.perPage).toBeGreaterThanOrEqual(1);
      expect(grid.tile.width).toBe(0);
      expect(gridRects(size, grid, 4).every((rect) => rect.width === 0)).toBe(true);
    }
  });

  test('keeps every tile inside the container, apart from the others, and of an allowed shape', () => {
    const wrong: string[] = [];
    for (const container of CONTAINERS) {
      for (let count = 1; count <= 49; count += 1) {
        const grid = fitGrid(container, count);
        const rects = gridRects(container, grid, count);
        const complain = (what: string) =>
          wrong.push(`${what}: ${count} in ${container.width}x${container.height}`);
        if (rects.length !== Math.min(count, grid.perPage)) complain('missing tiles');
        if (!rects.every((rect) => isInside(rect, container))) complain('outside');
        if (rects.some((rect, index) => rects.slice(index + 1).some((other) => overlaps(rect, other))))
          complain('overlap');
        const aspect = grid.tile.width / grid.tile.height;
        if (aspect < (container.width < 640 ? 0.74 : 1.77) || aspect > 1.78) complain('shape');
      }
    }
    expect(wrong).toEqual([]);
  });

  test('finds tiles as large as any number of columns allows', () => {
    const wrong: string[] = [];
    for (const container of CONTAINERS.filter(({ width }) => width >= 640)) {
      for (let count = 1; count <= 49; count += 1) {
        const { tile } = fitGrid(container, count, { minTileWidth: 0 });
        const best = Math.max(
          ...Array.from({ length: count }, (_, index) => areaWith(container, count, index + 1)),
        );
        if (tile.width * tile.height < best - 1.5)
          wrong.push(`${count} in ${container.width}x${container.height}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('centres a last row that is not full', () => {
    const grid = fitGrid(DESKTOP, 3);
    const last = gridRects(DESKTOP, grid, 3)[2]!;
    expect(last.x + last.width / 2).toBeCloseTo(DESKTOP.width / 2);
  });
});

function areaWith(container: Size, count: number, columns: number): number {
  const rows = Math.ceil(count / columns);
  const width = (container.width - 8 * (columns - 1)) / columns;
  const height = (container.height - 8 * (rows - 1)) / rows;
  if (width <= 0 || height <= 0) return 0;
  const fitted = Math.min(width, (height * 16) / 9);
  return (fitted * fitted * 9) / 16;
}

function isInside(rect: Rect, container: Size): boolean {
  const { x, y, width, height } = rect;
  return (
    x >= -0.01 && y >= -0.01 && x + width <= container.width + 0.01 && y + height <= container.height + 0.01
  );
}

function overlaps(a: Rect, b: Rect): boolean {
  const apart =
    a.x + a.width <= b.x + 0.01 ||
    b.x + b.width <= a.x + 0.01 ||
    a.y + a.height <= b.y + 0.01 ||
    b.y + b.height <= a.y + 0.01;
  return !apart;
}
