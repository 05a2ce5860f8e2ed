// Original file: proto/parley/media/v1/media.proto

import type { SourceInput as _parley_media_v1_SourceInput, Source as _parley_media_v1_Source } from '../../../parley/media/v1/Source.ts';
import type { MediaKindInput as _parley_rtp_v1_MediaKindInput, MediaKind as _parley_rtp_v1_MediaKind } from '../../../parley/rtp/v1/MediaKind.ts';

export interface FindProducerResponseInput {
  'routerId'?: (string);
  'peerId'?: (string);
  'source'?: (_parley_media_v1_SourceInput);
  'kind'?: (_parley_rtp_v1_MediaKindInput);
  /**
   * 1 or more for video, 0 for audio.
   */
  'spatialLayerCount'?: (number);
  'paused'?: (boolean);
}

export interface FindProducerResponse {
  'routerId': (string);
  'peerId': (string);
  'source': (_parley_media_v1_Source);
  'kind': (_parley_rtp_v1_MediaKind);
  /**
   * 1 or more for video, 0 for audio.
   */
  'spatialLayerCount': (number);
  'paused': (boolean);
}
