import type { Size } from '../layout/rect.ts';

/** The choice of a person for their own picture. */
export type SelfView = 'auto' | 'floating' | 'hidden';
/** The start is where lines begin: left, or right in a language that is written from the right. */
export type Corner = 'top-start' | 'top-end' | 'bottom-start' | 'bottom-end';
export type Direction = 'ltr' | 'rtl';

export type SelfPlacement = 'inline' | 'floating' | 'hidden';

/**
 * The place of one's own picture. With one other person it floats, so that the other picture gets the whole window. With more people it is
 * a tile like the others. A person who is alone always sees their own picture.
 */
export function selfPlacement(
  choice: SelfView,
  others: number,
  mode: 'grid' | 'stage',
  screenShared: boolean,
): SelfPlacement {
  if (others === 0) return 'inline';
  if (choice !== 'auto') return choice;
  if (mode === 'stage') return others > 1 || screenShared ? 'inline' : 'floating';
  return others > 1 ? 'inline' : 'floating';
}

/** The distance of the floating picture from the edges of the picture below it. */
export const SELF_MARGIN = 12;
const SELF_WIDTH = { min: 112, max: 256, share: 0.2 };
const SELF_MAX_HEIGHT_SHARE = 0.45;

/**
 * The size of the floating own picture.
 *
 * @param frame The area of the pictures below it.
 * @param camera The size of the own picture; null while the camera is off.
 */
export function selfViewSize(frame: Size, camera: Size | null): Size {
  const shape = camera ?? frame;
  const aspect = shape.height > shape.width ? 3 / 4 : 16 / 9;
  const wanted = Math.min(Math.max(SELF_WIDTH.min, frame.width * SELF_WIDTH.share), SELF_WIDTH.max);
  const room = Math.max(0, frame.width - 2 * SELF_MARGIN);
  const width = Math.floor(Math.min(wanted, room, frame.height * SELF_MAX_HEIGHT_SHARE * aspect));
  return { width, height: Math.floor(width / aspect) };
}

const CORNER_MOVES: Record<string, { axis: 'x' | 'y'; to: string }> = {
  ArrowLeft: { axis: 'x', to: 'start' },
  ArrowRight: { axis: 'x', to: 'end' },
  ArrowUp: { axis: 'y', to: 'top' },
  ArrowDown: { axis: 'y', to: 'bottom' },
};

/** The corner to which an arrow key moves the self view; null for other keys. */
export function movedCorner(corner: Corner, key: string, direction: Direction): Corner | null {
  const move = CORNER_MOVES[direction === 'rtl' ? mirroredKey(key) : key];
  if (move === undefined) return null;
  const [vertical, horizontal] = corner.split('-');
  return (move.axis === 'x' ? `${vertical}-${move.to}` : `${move.to}-${horizontal}`) as Corner;
}

function mirroredKey(key: string): string {
  if (key === 'ArrowLeft') return 'ArrowRight';
  return key === 'ArrowRight' ? 'ArrowLeft' : key;
}

/** The corner that is nearest to a point of the container, counted from its left upper corner. */
export function nearestCorner(x: number, y: number, container: Size, direction: Direction): Corner {
  const vertical = y < container.height / 2 ? 'top' : 'bottom';
  const onLeft = x < container.width / 2;
  const horizontal = onLeft === (direction === 'ltr') ? 'start' : 'end';
  return `${vertical}-${horizontal}`;
}
