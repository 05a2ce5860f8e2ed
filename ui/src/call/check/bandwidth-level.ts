import { CAMERA_ENCODINGS } from '../send/encodings.ts';
import type { Bandwidth } from './check.ts';

/** The most that a connection is fast enough for, best first. */
export type BandwidthLevel = 'hd' | 'video' | 'audio' | 'none';

const [SMALL = 0, MEDIUM = 0, LARGE = 0] = CAMERA_ENCODINGS.map(({ maxBitrate }) => maxBitrate);

/** Sound with what is sent around it. */
const SOUND = 60_000;
/** All layers of the camera go up at once, beside sound. */
const UP = { hd: SMALL + MEDIUM + LARGE, video: SMALL + MEDIUM + SOUND, audio: SOUND };
/** One picture of another comes down, beside sound. */
const DOWN = { hd: LARGE, video: MEDIUM + SOUND, audio: SOUND };

/** More loss is heard and seen, whatever is sent again. */
const LOSS_MAX = 0.1;

export function levelUp({ up }: Bandwidth): BandwidthLevel {
  return level(up, UP);
}

export function levelDown({ down }: Bandwidth): BandwidthLevel {
  return level(down, DOWN);
}

export function isLossy({ lossUp, lossDown }: Bandwidth): boolean {
  return Math.max(lossUp, lossDown) > LOSS_MAX;
}

function level(bitsPerSecond: number, needed: typeof UP): BandwidthLevel {
  if (bitsPerSecond >= needed.hd) return 'hd';
  if (bitsPerSecond >= needed.video) return 'video';
  return bitsPerSecond >= needed.audio ? 'audio' : 'none';
}
