import type { Picture } from './picture.ts';

/**
 * Which of the shown pictures are received. `all`: every one, as large as it is shown. `few`: fewer and smaller ones, which saves power and
 * data. `none`: no picture, voices only.
 */
export type PictureMode = 'all' | 'few' | 'none';

/** With `few`: this many pictures at most, shared screens among them. */
export const FEW_PICTURES_MAX = 4;
/** With `few`: the layer of 360 lines is the largest, at 15 frames a second. */
const FEW_SIZE = { width: 640, height: 360 };

/** The pictures that are received, out of those that the page shows. Shared screens are never made smaller: text must be readable. */
export function picturesToReceive(shown: readonly Picture[], mode: PictureMode): readonly Picture[] {
  if (mode === 'all') return shown;
  if (mode === 'none') return [];
  // The order of the page changes when a picture comes, so equal ones are ordered by their peer: otherwise they would take turns.
  const ranked = [...shown].sort((a, b) => rank(b) - rank(a) || (a.peerId < b.peerId ? -1 : 1));
  const chosen = new Set(ranked.slice(0, FEW_PICTURES_MAX));
  return shown.filter((picture) => chosen.has(picture)).map(reduced);
}

/** First shared screens, then what is on the stage, then the larger pictures. */
function rank({ source, important, width, height }: Picture): number {
  if (source === 'screen') return Number.MAX_SAFE_INTEGER;
  return width * height * (important ? 1000 : 1);
}

function reduced(picture: Picture): Picture {
  if (picture.source === 'screen') return picture;
  return {
    ...picture,
    width: Math.min(picture.width, FEW_SIZE.width),
    height: Math.min(picture.height, FEW_SIZE.height),
  };
}
