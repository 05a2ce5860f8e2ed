// Original file: proto/parley/media/v1/media.proto

import type { SpeakerInput as _parley_media_v1_SpeakerInput, Speaker as _parley_media_v1_Speaker } from '../../../parley/media/v1/Speaker.ts';

/**
 * The active speakers, the loudest first; empty in silence. Sent every 250 ms while somebody speaks, and when the dominant
 * speaker changes.
 */
export interface SpeakersChangedInput {
  'speakers'?: (_parley_media_v1_SpeakerInput)[];
  /**
   * The dominant speaker. Unset until somebody speaks, and after the dominant speaker has left.
   */
  'dominantPeerId'?: (string);
  '_dominantPeerId'?: "dominantPeerId";
}

/**
 * The active speakers, the loudest first; empty in silence. Sent every 250 ms while somebody speaks, and when the dominant
 * speaker changes.
 */
export interface SpeakersChanged {
  'speakers': (_parley_media_v1_Speaker)[];
  /**
   * The dominant speaker. Unset until somebody speaks, and after the dominant speaker has left.
   */
  'dominantPeerId'?: (string);
  '_dominantPeerId'?: "dominantPeerId";
}
