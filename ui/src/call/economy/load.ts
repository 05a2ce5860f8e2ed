import { grown, matchById, matchReceived, sum, type Pair } from '../telemetry/stat-pairs.ts';
import type { Stat } from '../telemetry/statistics.ts';

/** The statistics of both transports at one moment, of the streams that flow then. */
export type LoadSnapshot = {
  /** In milliseconds. */
  at: number;
  sent: readonly Stat[];
  received: readonly Stat[];
  /** The pictures that are received, by `mid`, with a number that grows when one goes on after a pause. */
  runs: ReadonlyMap<string, number>;
  /** The camera, by its `mid` and the id of its track; null while none is sent. */
  camera: { mid: string; trackId: string } | null;
};

/** How busy this computer was with pictures between two moments. null, or an empty list: not known, because the browser does not say or too little came. */
export type Load = {
  /** The share of frames that came and were thrown away. */
  dropped: number | null;
  /** The share of packets that did not come. */
  lost: number | null;
  /** The work of each decoder that had enough to do to say something. */
  decoding: readonly Work[];
  /** The work of each such encoder of the camera. */
  encoding: readonly Work[];
  /** The browser itself says that it makes the camera's picture smaller, because the computer is too slow. */
  limited: boolean;
};

/** `busy`: the share of the time in which a coder worked. `undone`: the frames that it was given and did not do. */
type Work = { busy: number; given: number; undone: number };

/** `strained`: this computer does not keep up. `light`: it could do more. `fair`: neither. */
export type LoadLevel = 'light' | 'fair' | 'strained';

/** Fewer frames than this say nothing about shares. At 15 frames a second, one picture brings so many in two seconds. */
const FRAMES_MIN = 20;
/** Every seventh frame is missing: movement is seen to stumble. */
const DROPPED_STRAINED = 0.15;
/** So few frames are missing on a computer with time to spare too, for example while a window is moved. */
const DROPPED_LIGHT = 0.03;
/** With more lost packets than this, frames are missing because of the network, and the server adapts to that. */
const LOST_MAX = 0.02;
/** A coder that works so much of the time has no room left. One of a graphics card may, so it counts only if frames are left undone. */
const BUSY_STRAINED = 0.9;
const BUSY_LIGHT = 0.6;
/** The share of frames that an overworked coder leaves undone. */
const UNDONE_STRAINED = 0.15;
/** A coder that keeps up leaves at most this share undone, or a few frames that are under way, however busy it is. */
const UNDONE_LIGHT = 0.03;
const UNDER_WAY_MAX = 2;

/** null if the time between the snapshots says nothing. */
export function readLoad(before: LoadSnapshot, now: LoadSnapshot): Load | null {
  const seconds = (now.at - before.at) / 1000;
  if (seconds <= 0) return null;
  const pictures = matchReceived(before, now);
  const frames = sum(pictures, 'framesDecoded') + sum(pictures, 'framesDropped');
  const packets = sum(pictures, 'packetsReceived') + sum(pictures, 'packetsLost');
  const layers = matchLayers(before, now);
  const given = cameraFrames(before, now);
  return {
    dropped: frames < FRAMES_MIN ? null : sum(pictures, 'framesDropped') / frames,
    lost: packets === 0 ? null : sum(pictures, 'packetsLost') / packets,
    decoding: pictures.map((pair) => decodingOf(pair, seconds)).filter((work) => work !== null),
    encoding: layers.map((pair) => encodingOf(pair, given, seconds)).filter((work) => work !== null),
    limited: layers.some((pair) => pair.now.qualityLimitationReason === 'cpu'),
  };
}

export function levelOf({ dropped, lost, decoding, encoding, limited }: Load): LoadLevel {
  const isLossy = lost !== null && lost > LOST_MAX;
  if (limited || encoding.some(isOverworked)) return 'strained';
  if (!isLossy && ((dropped !== null && dropped >= DROPPED_STRAINED) || decoding.some(isOverworked)))
    return 'strained';
  const keepsUp = [...decoding, ...encoding].every(isAtEase);
  return keepsUp && (dropped ?? 0) <= DROPPED_LIGHT ? 'light' : 'fair';
}

function isOverworked({ busy, given, undone }: Work): boolean {
  return busy >= BUSY_STRAINED && undone > UNDONE_STRAINED * given;
}

/** A coder may do all frames and have no room left. Then the strain is back soon after a step up, and `StepDown` waits longer. */
function isAtEase({ busy, given, undone }: Work): boolean {
  return busy <= BUSY_LIGHT || undone <= Math.max(UNDER_WAY_MAX, UNDONE_LIGHT * given);
}

/** The layers of the camera that run. */
function matchLayers(before: LoadSnapshot, now: LoadSnapshot): Pair[] {
  return matchById(before.sent, now.sent, 'outbound-rtp').filter(
    ({ now: { mid, active } }) => mid !== undefined && mid === now.camera?.mid && active !== false,
  );
}

function decodingOf(pair: Pair, seconds: number): Work | null {
  return workOf({
    busySeconds: grown(pair, 'totalDecodeTime'),
    done: grown(pair, 'framesDecoded'),
    given: grown(pair, 'framesReceived'),
    seconds,
  });
}

function encodingOf(pair: Pair, given: number, seconds: number): Work | null {
  return workOf({
    busySeconds: grown(pair, 'totalEncodeTime'),
    done: grown(pair, 'framesEncoded'),
    given,
    seconds,
  });
}

function workOf(work: { busySeconds: number; done: number; given: number; seconds: number }): Work | null {
  if (work.given < FRAMES_MIN) return null;
  return {
    busy: work.busySeconds / work.seconds,
    given: work.given,
    undone: Math.max(0, work.given - work.done),
  };
}

/** The frames that the camera gave. */
function cameraFrames(before: LoadSnapshot, now: LoadSnapshot): number {
  const pair = matchById(before.sent, now.sent, 'media-source').find(
    (found) => found.now.trackIdentifier === now.camera?.trackId,
  );
  return pair === undefined ? 0 : grown(pair, 'frames');
}
