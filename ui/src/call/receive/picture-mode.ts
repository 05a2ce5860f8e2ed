import type { PeerId } from '@parley/proto/ids';
import type { Picture } from './picture.ts';

/**
 * Which of the shown pictures are received. `all`: every one, as large as it is shown. `few`: fewer and smaller ones, which saves power and
 * data. `none`: no picture, voices only.
 */
export type PictureMode = 'all' | 'few' | 'none';

/** What keeps shown pictures from being received. */
export type PictureLimits = {
  mode: PictureMode;
  /** As many as the person wants; null: all. */
  max: number | null;
  /** As many as this computer keeps up with; null: all. */
  easedMax: number | null;
  /** Nobody sees the page, except pictures in windows of their own. */
  outOfSight: boolean;
};

export const NO_LIMITS: PictureLimits = { mode: 'all', max: null, easedMax: null, outOfSight: false };

/** With `few`: this many pictures at most, shared screens among them. */
export const FEW_PICTURES_MAX = 4;
/** With `few`: the layer of 360 lines is the largest, at 15 frames a second. */
const FEW_SIZE = { width: 640, height: 360 };

/**
 * The pictures that are received, out of those that the page shows. Shared screens are never made smaller: text must be readable.
 *
 * @param heard Peers whose voice was heard, the latest first.
 */
export function picturesToReceive(
  shown: readonly Picture[],
  limits: PictureLimits,
  heard: readonly PeerId[] = [],
): readonly Picture[] {
  const seen = limits.outOfSight ? shown.filter(({ apart }) => apart === true) : shown;
  const kept = new Set(byRank(seen, heard).slice(0, mostPictures(limits)));
  const chosen = seen.filter((picture) => kept.has(picture));
  return limits.mode === 'few' ? chosen.map(reduced) : chosen;
}

/** The most pictures that are received. */
export function mostPictures({ mode, max, easedMax }: PictureLimits): number {
  if (mode === 'none') return 0;
  const usual = mode === 'few' ? FEW_PICTURES_MAX : Number.POSITIVE_INFINITY;
  return Math.min(usual, max ?? Number.POSITIVE_INFINITY, easedMax ?? Number.POSITIVE_INFINITY);
}

/** First shared screens, then what is pinned or on the stage, then those who spoke last, then the larger pictures. */
function byRank(pictures: readonly Picture[], heard: readonly PeerId[]): Picture[] {
  const places = new Map(heard.map((peerId, index) => [peerId, index]));
  const placeOf = ({ peerId }: Picture): number => places.get(peerId) ?? heard.length;
  return [...pictures].sort(
    (a, b) =>
      group(a) - group(b) ||
      placeOf(a) - placeOf(b) ||
      b.width * b.height - a.width * a.height ||
      // The order of the page changes when a picture comes, so equal ones are ordered by their peer: otherwise they would take turns.
      (a.peerId < b.peerId ? -1 : 1),
  );
}

function group({ source, important }: Picture): number {
  if (source === 'screen') return 0;
  return important ? 1 : 2;
}

function reduced(picture: Picture): Picture {
  if (picture.source === 'screen') return picture;
  return {
    ...picture,
    width: Math.min(picture.width, FEW_SIZE.width),
    height: Math.min(picture.height, FEW_SIZE.height),
  };
}
