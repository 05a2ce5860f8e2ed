/** One simulcast layer of a camera, or a voice: packets a second, and bytes of each behind its RTP header. */
export type Rate = { readonly packetsPerSecond: number; readonly payloadBytes: number };

/** About what pages send of a camera with 720 lines (`CAMERA_ENCODINGS` of the page): 100, 300 and 1,200 kbit/s, 30 pictures a second. */
export const LAYERS: readonly Rate[] = [
  { packetsPerSecond: 30, payloadBytes: 404 },
  { packetsPerSecond: 36, payloadBytes: 1_030 },
  { packetsPerSecond: 140, payloadBytes: 1_060 },
];
export const SMALL = 0;
export const WHOLE = 2;

export const VOICE: Rate = { packetsPerSecond: 50, payloadBytes: 80 };
/** Somebody who is silent sends one of so many packets: DTX of opus, once in 400 ms. */
export const SILENT_SENDS_ONE_OF = 20;
export const SILENCE_BYTES = 3;
