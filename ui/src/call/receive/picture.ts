import type { PeerId } from '@parley/proto/ids';
import type { Source } from '@parley/proto/rtp';

/** One picture the UI shows now, in device pixels. A picture that is not listed is not received. */
export type Picture = {
  peerId: PeerId;
  source: Extract<Source, 'camera' | 'screen'>;
  width: number;
  height: number;
  /**
   * Whether the picture is pinned, dominant or enlarged. If the downlink is too slow, these pictures keep their quality
   * longest.
   */
  important: boolean;
  /** Whether it is shown in a window of its own, which is seen also while the page is hidden. */
  apart?: boolean;
};

/**
 * Merges pictures of the same peer and source, because each source is received once. The merged picture has the larger
 * width and the larger height. Pictures without an area are dropped.
 */
export function mergePictures(pictures: readonly Picture[]): Picture[] {
  const merged = new Map<string, Picture>();
  for (const picture of pictures) {
    if (picture.width <= 0 || picture.height <= 0) continue;
    const key = `${picture.peerId} ${picture.source}`;
    const other = merged.get(key);
    merged.set(key, other === undefined ? picture : larger(other, picture));
  }
  return Array.from(merged.values());
}

function larger(a: Picture, b: Picture): Picture {
  return {
    ...a,
    width: Math.max(a.width, b.width),
    height: Math.max(a.height, b.height),
    important: a.important || b.important,
    apart: a.apart === true || b.apart === true,
  };
}
