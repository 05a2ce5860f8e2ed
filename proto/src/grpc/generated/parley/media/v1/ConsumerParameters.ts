// Original file: proto/parley/media/v1/media.proto

import type { SourceInput as _parley_media_v1_SourceInput, Source as _parley_media_v1_Source } from '../../../parley/media/v1/Source.ts';
import type { MediaKindInput as _parley_rtp_v1_MediaKindInput, MediaKind as _parley_rtp_v1_MediaKind } from '../../../parley/rtp/v1/MediaKind.ts';
import type { ConsumerTypeInput as _parley_media_v1_ConsumerTypeInput, ConsumerType as _parley_media_v1_ConsumerType } from '../../../parley/media/v1/ConsumerType.ts';
import type { RtpParametersInput as _parley_rtp_v1_RtpParametersInput, RtpParameters as _parley_rtp_v1_RtpParameters } from '../../../parley/rtp/v1/RtpParameters.ts';

/**
 * The parameters that a client needs to receive from the consumer. `producer_peer_id` is the peer that sends.
 */
export interface ConsumerParametersInput {
  'consumerId'?: (string);
  'producerId'?: (string);
  'producerPeerId'?: (string);
  'source'?: (_parley_media_v1_SourceInput);
  'kind'?: (_parley_rtp_v1_MediaKindInput);
  'type'?: (_parley_media_v1_ConsumerTypeInput);
  'rtpParameters'?: (_parley_rtp_v1_RtpParametersInput | null);
  'producerPaused'?: (boolean);
  'paused'?: (boolean);
}

/**
 * The parameters that a client needs to receive from the consumer. `producer_peer_id` is the peer that sends.
 */
export interface ConsumerParameters {
  'consumerId': (string);
  'producerId': (string);
  'producerPeerId': (string);
  'source': (_parley_media_v1_Source);
  'kind': (_parley_rtp_v1_MediaKind);
  'type': (_parley_media_v1_ConsumerType);
  'rtpParameters': (_parley_rtp_v1_RtpParameters | null);
  'producerPaused': (boolean);
  'paused': (boolean);
}
