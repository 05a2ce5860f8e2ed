import type { Source } from '@parley/proto/rtp';
import type { types } from 'mediasoup-client';
import type { ScreenContent } from '../screen/screen-content.ts';

/** Three layers of the camera: a quarter, a half and all of its height. At 1280x720: 180, 360 and 720 lines. */
export const CAMERA_ENCODINGS: types.RtpEncodingParameters[] = [
  { scaleResolutionDownBy: 4, maxBitrate: 100_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 2, maxBitrate: 300_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 1, maxBitrate: 1_200_000, scalabilityMode: 'L1T3' },
];

/**
 * Chromium and Safari send three layers of a picture of so many pixels, two of the next smaller and one of the smallest, and these are the lowest.
 * So the highest of those has to be the whole picture, or nobody would see more than a half or a quarter of the lines of a small camera.
 */
const LAYERS_BY_PIXELS = [
  { pixels: 960 * 540, layers: CAMERA_ENCODINGS },
  {
    pixels: 480 * 270,
    layers: [
      { scaleResolutionDownBy: 2, maxBitrate: 150_000 },
      { scaleResolutionDownBy: 1, maxBitrate: 600_000 },
    ],
  },
  { pixels: 0, layers: [{ scaleResolutionDownBy: 1, maxBitrate: 250_000 }] },
];

/**
 * The encodings of a camera: always three, so that another camera can take the place of the first. Encodings that the camera has no use for are
 * not active.
 */
export function cameraEncodings({ width = Infinity, height = Infinity }: MediaTrackSettings) {
  const { layers = CAMERA_ENCODINGS } = LAYERS_BY_PIXELS.find(({ pixels }) => width * height >= pixels) ?? {};
  return CAMERA_ENCODINGS.map((usual, index) => ({
    ...usual,
    ...(layers[index] ?? layers.at(-1)),
    active: index < layers.length,
  }));
}

export type ScreenEncoding = { maxBitrate: number; maxFramerate: number; scaleResolutionDownBy: number };

/** The height of the picture of a film: more costs the encoder frames, and a film has no small letters. */
const MOTION_LINES_MAX = 1080;

/** Text: few frames, and every line of the screen. Motion: many frames of at most 1080 lines. */
export function screenEncoding(content: ScreenContent, lines: number | undefined): ScreenEncoding {
  if (content === 'text') return { maxBitrate: 3_000_000, maxFramerate: 15, scaleResolutionDownBy: 1 };
  const scaleResolutionDownBy = Math.max(1, (lines ?? 0) / MOTION_LINES_MAX);
  return { maxBitrate: 4_000_000, maxFramerate: 30, scaleResolutionDownBy };
}

/** One layer, so that text is readable. `dtx` is set because a screen may not change for minutes. */
const SCREEN_ENCODINGS: types.RtpEncodingParameters[] = [{ scalabilityMode: 'L1T3', dtx: true }];

const SPEECH: types.ProducerCodecOptions = {
  opusStereo: false,
  opusDtx: true,
  opusFec: true,
  opusNack: true,
  opusMaxAverageBitrate: 40_000,
};
/** A shared tab plays music as often as speech. */
const PLAYED_SOUND: types.ProducerCodecOptions = {
  opusStereo: true,
  opusDtx: false,
  opusFec: true,
  opusNack: true,
  opusMaxAverageBitrate: 128_000,
};
/**
 * In kbit/s. Starts the bandwidth estimate high enough for the upper layers. Without it, the estimate takes seconds to
 * rise.
 */
const VIDEO: types.ProducerCodecOptions = { videoGoogleStartBitrate: 1000 };

export type SendSettings = Pick<types.ProducerOptions, 'encodings' | 'codecOptions'>;

const SETTINGS: Record<Source, SendSettings> = {
  microphone: { codecOptions: SPEECH },
  camera: { encodings: CAMERA_ENCODINGS, codecOptions: VIDEO },
  screen: { encodings: SCREEN_ENCODINGS, codecOptions: VIDEO },
  'screen-audio': { codecOptions: PLAYED_SOUND },
};

/** Returns a new copy each time, because mediasoup-client changes the objects that it receives. */
export function sendSettings(source: Source): SendSettings {
  return structuredClone(SETTINGS[source]);
}
