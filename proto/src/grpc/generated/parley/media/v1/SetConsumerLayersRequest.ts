// Original file: proto/parley/media/v1/media.proto

import type { ConsumerLayersInput as _parley_media_v1_ConsumerLayersInput, ConsumerLayers as _parley_media_v1_ConsumerLayers } from '../../../parley/media/v1/ConsumerLayers.ts';

export interface SetConsumerLayersRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
  'layers'?: (_parley_media_v1_ConsumerLayersInput)[];
}

export interface SetConsumerLayersRequest {
  'roomId': (string);
  'peerId': (string);
  'layers': (_parley_media_v1_ConsumerLayers)[];
}
