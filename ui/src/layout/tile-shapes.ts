import { aspectsFor, isPhone, type AspectRange, type Size } from './rect.ts';

/** Beside a panel the room is nearly square: tiles may lose their sides rather than leave half of it empty. */
const ROOMY: AspectRange = { min: 4 / 3, max: 16 / 9 };

/** One person on an upright phone fills it, as in every phone call. */
const UPRIGHT: AspectRange = { min: 9 / 20, max: 16 / 9 };

/** Which shapes the tiles of a grid may take. */
export function tileShapes(container: Size, count: number): AspectRange {
  if (!isPhone(container)) return ROOMY;
  return count === 1 ? UPRIGHT : aspectsFor(container);
}
