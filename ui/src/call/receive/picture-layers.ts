import type { PreferredLayers, Source } from '@parley/proto/rtp';
import type { Picture } from './picture.ts';

/** The heights of the layers of a camera with 720 lines, smallest first. */
const CAMERA_LAYER_HEIGHTS = [180, 360, 720] as const;

/** A picture that is enlarged by a larger factor looks blurred. */
const MAX_ENLARGEMENT = 1.35;

/** Below this height in device pixels, people see no difference between 30 and 15 frames per second. */
const SMALL_HEIGHT = 120;

/** The layers for a tile of this size in device pixels. */
export function layersFor(picture: Pick<Picture, 'source' | 'width' | 'height'>): PreferredLayers {
  // A shared screen has one spatial layer, and its full frame rate is needed.
  if (picture.source === 'screen') return { spatialLayer: 0, temporalLayer: 2 };
  // A tall tile crops the picture's sides, and a flat tile crops its top and bottom. The layer must be large enough for
  // both.
  const lines = Math.max(picture.height, (picture.width * 9) / 16);
  const found = CAMERA_LAYER_HEIGHTS.findIndex((height) => height * MAX_ENLARGEMENT >= lines);
  const spatialLayer = found === -1 ? CAMERA_LAYER_HEIGHTS.length - 1 : found;
  return { spatialLayer, temporalLayer: lines < SMALL_HEIGHT ? 1 : 2 };
}

/**
 * 1 to 255. If the downlink is too slow, the server first lowers the quality of the pictures with the smallest
 * priority: what is pinned or on the stage keeps its quality longest, then other shared screens, then those who speak.
 */
export function priorityFor(
  { source, important }: Pick<Picture, 'source' | 'important'>,
  speaks: boolean,
): number {
  if (important) return source === 'screen' ? 250 : 200;
  if (source === 'screen') return 150;
  return speaks ? 100 : 50;
}

export function sameLayers(a: PreferredLayers, b: PreferredLayers): boolean {
  return a.spatialLayer === b.spatialLayer && a.temporalLayer === b.temporalLayer;
}

export function isVideo(source: Source): source is Picture['source'] {
  return source === 'camera' || source === 'screen';
}
