// Original file: proto/parley/media/v1/media.proto

import type { ConsumeItemInput as _parley_media_v1_ConsumeItemInput, ConsumeItem as _parley_media_v1_ConsumeItem } from '../../../parley/media/v1/ConsumeItem.ts';

export interface ConsumeRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
  'items'?: (_parley_media_v1_ConsumeItemInput)[];
}

export interface ConsumeRequest {
  'roomId': (string);
  'peerId': (string);
  'items': (_parley_media_v1_ConsumeItem)[];
}
