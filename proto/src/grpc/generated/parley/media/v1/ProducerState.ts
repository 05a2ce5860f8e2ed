// Original file: proto/parley/media/v1/media.proto

import type { SourceInput as _parley_media_v1_SourceInput, Source as _parley_media_v1_Source } from '../../../parley/media/v1/Source.ts';
import type { MediaKindInput as _parley_rtp_v1_MediaKindInput, MediaKind as _parley_rtp_v1_MediaKind } from '../../../parley/rtp/v1/MediaKind.ts';

export interface ProducerStateInput {
  'producerId'?: (string);
  'source'?: (_parley_media_v1_SourceInput);
  'kind'?: (_parley_rtp_v1_MediaKindInput);
  'paused'?: (boolean);
  /**
   * Paused by the node, because it sent too much.
   */
  'limited'?: (boolean);
}

export interface ProducerState {
  'producerId': (string);
  'source': (_parley_media_v1_Source);
  'kind': (_parley_rtp_v1_MediaKind);
  'paused': (boolean);
  /**
   * Paused by the node, because it sent too much.
   */
  'limited': (boolean);
}
