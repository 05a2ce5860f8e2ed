import { CAMERA_ENCODINGS } from '../send/encodings.ts';
import type { Bandwidth } from './check.ts';

/** The best kind of call that a connection is fast enough for, best first. */
export type BandwidthLevel = 'hd' | 'video' | 'audio' | 'none';

const [SMALL = 0, MEDIUM = 0, LARGE = 0] = CAMERA_ENCODINGS.map(({ maxBitrate }) => maxBitrate);

/** Bits per second of sound, with the headers of its packets. */
const SOUND = 60_000;
/** Bits per second that each level sends. A camera sends all its layers at the same time. */
const UP = { hd: SMALL + MEDIUM + LARGE, video: SMALL + MEDIUM + SOUND, audio: SOUND };
/** Bits per second that each level receives: one picture of another peer, and sound. */
const DOWN = { hd: LARGE, video: MEDIUM + SOUND, audio: SOUND };

/** Share of lost packets, 0 to 1. With more loss, sound and pictures suffer although lost packets are sent again. */
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
