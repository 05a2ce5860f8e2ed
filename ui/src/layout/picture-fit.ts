import type { Size } from './rect.ts';

/** `cover` fills the tile and cuts what does not fit; `contain` shows the whole picture and leaves a margin. */
export type PictureFit = 'cover' | 'contain';

/** A picture that fills its tile loses at most this share. Widescreen loses a quarter in a 4:3 tile, and 0.44 in a square. */
const MAX_LOSS = 0.45;

/**
 * How a picture is shown in its tile.
 *
 * @param picture Its size in any unit; null until the first frame.
 * @param choice What the person chose for this tile; null: nothing.
 */
export function pictureFit(picture: Size | null, tile: Size, choice: PictureFit | null): PictureFit {
  if (choice !== null) return choice;
  if (picture === null || isEmpty(picture) || isEmpty(tile)) return 'cover';
  return 1 - coveredShare(picture, tile) > MAX_LOSS ? 'contain' : 'cover';
}

/** The part of the tile that the picture takes: all of it, or a smaller area with the shape of the picture. */
export function shownArea(picture: Size | null, tile: Size, fit: PictureFit): Size {
  if (fit === 'cover' || picture === null || isEmpty(picture) || isEmpty(tile)) return tile;
  const scale = Math.min(tile.width / picture.width, tile.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

/** The share of a picture that is seen if it fills the tile. */
function coveredShare(picture: Size, tile: Size): number {
  const shapes = [picture.width / picture.height, tile.width / tile.height];
  return Math.min(...shapes) / Math.max(...shapes);
}

function isEmpty({ width, height }: Size): boolean {
  return width <= 0 || height <= 0;
}

/** Which way most of the cameras are held. */
export type CameraShapes = 'wide' | 'upright' | 'unknown';

export function cameraShapes(pictures: readonly Size[]): CameraShapes {
  const known = pictures.filter((picture) => !isEmpty(picture));
  if (known.length === 0) return 'unknown';
  const upright = known.filter(({ width, height }) => height > width).length;
  return upright > known.length / 2 ? 'upright' : 'wide';
}
