// Original file: proto/parley/media/v1/media.proto

import type { SpeakerInput as _parley_media_v1_SpeakerInput, Speaker as _parley_media_v1_Speaker } from '../../../parley/media/v1/Speaker.ts';

/**
 * Who is heard now, loudest first, at most once per interval. Empty means silence.
 */
export interface SpeakersChangedInput {
  'speakers'?: (_parley_media_v1_SpeakerInput)[];
  /**
   * The dominant speaker; unset when nobody has spoken yet.
   */
  'dominantPeerId'?: (string);
  '_dominantPeerId'?: "dominantPeerId";
}

/**
 * Who is heard now, loudest first, at most once per interval. Empty means silence.
 */
export interface SpeakersChanged {
  'speakers': (_parley_media_v1_Speaker)[];
  /**
   * The dominant speaker; unset when nobody has spoken yet.
   */
  'dominantPeerId'?: (string);
  '_dominantPeerId'?: "dominantPeerId";
}
