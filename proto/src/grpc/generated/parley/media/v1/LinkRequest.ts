// Original file: proto/parley/media/v1/media.proto

import type { LinkOpeningInput as _parley_media_v1_LinkOpeningInput, LinkOpening as _parley_media_v1_LinkOpening } from '../../../parley/media/v1/LinkOpening.ts';
import type { LinkCarryInput as _parley_media_v1_LinkCarryInput, LinkCarry as _parley_media_v1_LinkCarry } from '../../../parley/media/v1/LinkCarry.ts';
import type { LinkDemandInput as _parley_media_v1_LinkDemandInput, LinkDemand as _parley_media_v1_LinkDemand } from '../../../parley/media/v1/LinkDemand.ts';
import type { LinkDropInput as _parley_media_v1_LinkDropInput, LinkDrop as _parley_media_v1_LinkDrop } from '../../../parley/media/v1/LinkDrop.ts';
import type { LinkVoicesInput as _parley_media_v1_LinkVoicesInput, LinkVoices as _parley_media_v1_LinkVoices } from '../../../parley/media/v1/LinkVoices.ts';
import type { SpeakersChangedInput as _parley_media_v1_SpeakersChangedInput, SpeakersChanged as _parley_media_v1_SpeakersChanged } from '../../../parley/media/v1/SpeakersChanged.ts';

export interface LinkRequestInput {
  'open'?: (_parley_media_v1_LinkOpeningInput | null);
  'carry'?: (_parley_media_v1_LinkCarryInput | null);
  'demand'?: (_parley_media_v1_LinkDemandInput | null);
  'drop'?: (_parley_media_v1_LinkDropInput | null);
  /**
   * As in LinkResponse, of the router of the caller.
   */
  'voices'?: (_parley_media_v1_LinkVoicesInput | null);
  'speakers'?: (_parley_media_v1_SpeakersChangedInput | null);
  'request'?: "open"|"carry"|"demand"|"drop"|"voices"|"speakers";
}

export interface LinkRequest {
  'open'?: (_parley_media_v1_LinkOpening | null);
  'carry'?: (_parley_media_v1_LinkCarry | null);
  'demand'?: (_parley_media_v1_LinkDemand | null);
  'drop'?: (_parley_media_v1_LinkDrop | null);
  /**
   * As in LinkResponse, of the router of the caller.
   */
  'voices'?: (_parley_media_v1_LinkVoices | null);
  'speakers'?: (_parley_media_v1_SpeakersChanged | null);
  'request'?: "open"|"carry"|"demand"|"drop"|"voices"|"speakers";
}
