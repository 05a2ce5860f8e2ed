// Original file: proto/parley/media/v1/media.proto

import type { SourceInput as _parley_media_v1_SourceInput, Source as _parley_media_v1_Source } from '../../../parley/media/v1/Source.ts';
import type { MediaKindInput as _parley_rtp_v1_MediaKindInput, MediaKind as _parley_rtp_v1_MediaKind } from '../../../parley/rtp/v1/MediaKind.ts';
import type { RtpParametersInput as _parley_rtp_v1_RtpParametersInput, RtpParameters as _parley_rtp_v1_RtpParameters } from '../../../parley/rtp/v1/RtpParameters.ts';

export interface ProduceRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
  'source'?: (_parley_media_v1_SourceInput);
  'kind'?: (_parley_rtp_v1_MediaKindInput);
  'rtpParameters'?: (_parley_rtp_v1_RtpParametersInput | null);
  'paused'?: (boolean);
}

export interface ProduceRequest {
  'roomId': (string);
  'peerId': (string);
  'source': (_parley_media_v1_Source);
  'kind': (_parley_rtp_v1_MediaKind);
  'rtpParameters': (_parley_rtp_v1_RtpParameters | null);
  'paused': (boolean);
}
