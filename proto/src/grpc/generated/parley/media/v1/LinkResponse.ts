// Original file: proto/parley/media/v1/media.proto

import type { LinkOpenedInput as _parley_media_v1_LinkOpenedInput, LinkOpened as _parley_media_v1_LinkOpened } from '../../../parley/media/v1/LinkOpened.ts';
import type { LinkCarriedInput as _parley_media_v1_LinkCarriedInput, LinkCarried as _parley_media_v1_LinkCarried } from '../../../parley/media/v1/LinkCarried.ts';
import type { LinkDroppedInput as _parley_media_v1_LinkDroppedInput, LinkDropped as _parley_media_v1_LinkDropped } from '../../../parley/media/v1/LinkDropped.ts';
import type { LinkPausedInput as _parley_media_v1_LinkPausedInput, LinkPaused as _parley_media_v1_LinkPaused } from '../../../parley/media/v1/LinkPaused.ts';
import type { SpeakersChangedInput as _parley_media_v1_SpeakersChangedInput, SpeakersChanged as _parley_media_v1_SpeakersChanged } from '../../../parley/media/v1/SpeakersChanged.ts';
import type { LinkVoicesInput as _parley_media_v1_LinkVoicesInput, LinkVoices as _parley_media_v1_LinkVoices } from '../../../parley/media/v1/LinkVoices.ts';

export interface LinkResponseInput {
  'opened'?: (_parley_media_v1_LinkOpenedInput | null);
  'carried'?: (_parley_media_v1_LinkCarriedInput | null);
  'dropped'?: (_parley_media_v1_LinkDroppedInput | null);
  'paused'?: (_parley_media_v1_LinkPausedInput | null);
  'speakers'?: (_parley_media_v1_SpeakersChangedInput | null);
  /**
   * The open microphones of the router, carried or not: all of them first, then those that change.
   */
  'voices'?: (_parley_media_v1_LinkVoicesInput | null);
  'response'?: "opened"|"carried"|"dropped"|"paused"|"speakers"|"voices";
}

export interface LinkResponse {
  'opened'?: (_parley_media_v1_LinkOpened | null);
  'carried'?: (_parley_media_v1_LinkCarried | null);
  'dropped'?: (_parley_media_v1_LinkDropped | null);
  'paused'?: (_parley_media_v1_LinkPaused | null);
  'speakers'?: (_parley_media_v1_SpeakersChanged | null);
  /**
   * The open microphones of the router, carried or not: all of them first, then those that change.
   */
  'voices'?: (_parley_media_v1_LinkVoices | null);
  'response'?: "opened"|"carried"|"dropped"|"paused"|"speakers"|"voices";
}
