// Original file: proto/parley/rtp/v1/rtp.proto

import type { MediaKindInput as _parley_rtp_v1_MediaKindInput, MediaKind as _parley_rtp_v1_MediaKind } from '../../../parley/rtp/v1/MediaKind.ts';
import type { ParameterValueInput as _parley_rtp_v1_ParameterValueInput, ParameterValue as _parley_rtp_v1_ParameterValue } from '../../../parley/rtp/v1/ParameterValue.ts';
import type { RtcpFeedbackInput as _parley_rtp_v1_RtcpFeedbackInput, RtcpFeedback as _parley_rtp_v1_RtcpFeedback } from '../../../parley/rtp/v1/RtcpFeedback.ts';

export interface RtpCodecCapabilityInput {
  'kind'?: (_parley_rtp_v1_MediaKindInput);
  'mimeType'?: (string);
  'preferredPayloadType'?: (number);
  'clockRate'?: (number);
  'channels'?: (number);
  'parameters'?: ({[key: string]: _parley_rtp_v1_ParameterValueInput});
  'rtcpFeedback'?: (_parley_rtp_v1_RtcpFeedbackInput)[];
  '_channels'?: "channels";
}

export interface RtpCodecCapability {
  'kind': (_parley_rtp_v1_MediaKind);
  'mimeType': (string);
  'preferredPayloadType': (number);
  'clockRate': (number);
  'channels'?: (number);
  'parameters': ({[key: string]: _parley_rtp_v1_ParameterValue});
  'rtcpFeedback': (_parley_rtp_v1_RtcpFeedback)[];
  '_channels'?: "channels";
}
