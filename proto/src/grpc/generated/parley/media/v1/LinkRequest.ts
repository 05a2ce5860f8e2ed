// Original file: proto/parley/media/v1/media.proto

import type { LinkOpeningInput as _parley_media_v1_LinkOpeningInput, LinkOpening as _parley_media_v1_LinkOpening } from '../../../parley/media/v1/LinkOpening.ts';
import type { LinkCarryInput as _parley_media_v1_LinkCarryInput, LinkCarry as _parley_media_v1_LinkCarry } from '../../../parley/media/v1/LinkCarry.ts';
import type { LinkDemandInput as _parley_media_v1_LinkDemandInput, LinkDemand as _parley_media_v1_LinkDemand } from '../../../parley/media/v1/LinkDemand.ts';
import type { LinkDropInput as _parley_media_v1_LinkDropInput, LinkDrop as _parley_media_v1_LinkDrop } from '../../../parley/media/v1/LinkDrop.ts';

export interface LinkRequestInput {
  'open'?: (_parley_media_v1_LinkOpeningInput | null);
  'carry'?: (_parley_media_v1_LinkCarryInput | null);
  'demand'?: (_parley_media_v1_LinkDemandInput | null);
  'drop'?: (_parley_media_v1_LinkDropInput | null);
  'request'?: "open"|"carry"|"demand"|"drop";
}

export interface LinkRequest {
  'open'?: (_parley_media_v1_LinkOpening | null);
  'carry'?: (_parley_media_v1_LinkCarry | null);
  'demand'?: (_parley_media_v1_LinkDemand | null);
  'drop'?: (_parley_media_v1_LinkDrop | null);
  'request'?: "open"|"carry"|"demand"|"drop";
}
