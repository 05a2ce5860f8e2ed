import type { PreferredLayers, Source } from '@parley/proto';
import type { Picture } from './picture.ts';

/** The heights a 720 line camera sends, smallest first. */
const CAMERA_LAYER_HEIGHTS = [180, 360, 720] as const;

/** A picture may be enlarged by this much before it looks soft. */
const MAX_ENLARGEMENT = 1.35;

/** Below this height nobody sees whether it moves 30 or 15 times a second. */
const SMALL_HEIGHT = 120;

/** The layer that a tile of this size deserves, in device pixels. */
export function layersFor(picture: Pick<Picture, 'source' | 'width' | 'height'>): PreferredLayers {
  // A shared screen has one spatial layer; all its frames are wanted.
  if (picture.source === 'screen') return { spatialLayer: 0, temporalLayer: 2 };
  // A tall tile crops the picture's sides, a flat one its top and bottom: the larger demand counts.
  const lines = Math.max(picture.height, (picture.width * 9) / 16);
  const found = CAMERA_LAYER_HEIGHTS.findIndex((height) => height * MAX_ENLARGEMENT >= lines);
  const spatialLayer = found === -1 ? CAMERA_LAYER_HEIGHTS.length - 1 : found;
  return { spatialLayer, temporalLayer: lines < SMALL_HEIGHT ? 1 : 2 };
}

/** 1 to 255: a short downlink lowers the quality of the smallest priority first. */
export function priorityFor(picture: Pick<Picture, 'source' | 'important'>): number {
  if (picture.source === 'screen') return 200;
  return picture.important ? 150 : 50;
}

export function sameLayers(a: PreferredLayers, b: PreferredLayers): boolean {
  return a.spatialLayer === b.spatialLayer && a.temporalLayer === b.temporalLayer;
}

export function isVideo(source: Source): source is Picture['source'] {
  return source === 'camera' || source === 'screen';
}
