import { describe, expect, test } from '@jest/globals';
import { planGrid } from '../../src/layout/grid-plan.ts';

const DESKTOP = { width: 1256, height: 720 };
const PHONE = { width: 374, height: 760 };
const PHONE_ON_ITS_SIDE = { width: 464, height: 240 };

describe('the tiles of the grid', () => {
  test.each([
    ['one person on an upright phone', PHONE, 1, 'wide', [1, 374, 760]],
    ['four wide cameras on an upright phone', PHONE, 4, 'wide', [1, 327, 184]],
    ['four upright cameras on an upright phone', PHONE, 4, 'upright', [2, 183, 325]],
    ['four people without cameras on an upright phone', PHONE, 4, 'unknown', [1, 327, 184]],
    ['three wide cameras on a phone on its side', PHONE_ON_ITS_SIDE, 3, 'wide', [2, 206, 116]],
    ['three people without cameras on a phone on its side', PHONE_ON_ITS_SIDE, 3, 'unknown', [2, 206, 116]],
    ['two wide cameras on a desktop', DESKTOP, 2, 'wide', [2, 624, 468]],
    ['two upright cameras on a desktop', DESKTOP, 2, 'upright', [2, 624, 720]],
    ['one upright camera on a desktop', DESKTOP, 1, 'upright', [1, 1256, 720]],
  ] as const)('for %s', (_what, size, count, cameras, [columns, width, height]) => {
    const { grid } = planGrid(size, count, cameras);
    expect([grid.columns, Math.floor(grid.tile.width), Math.floor(grid.tile.height)]).toEqual([
      columns,
      width,
      height,
    ]);
  });
});
