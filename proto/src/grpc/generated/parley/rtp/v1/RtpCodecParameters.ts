// Original file: proto/parley/rtp/v1/rtp.proto

import type { ParameterValueInput as _parley_rtp_v1_ParameterValueInput, ParameterValue as _parley_rtp_v1_ParameterValue } from '../../../parley/rtp/v1/ParameterValue.ts';
import type { RtcpFeedbackInput as _parley_rtp_v1_RtcpFeedbackInput, RtcpFeedback as _parley_rtp_v1_RtcpFeedback } from '../../../parley/rtp/v1/RtcpFeedback.ts';

export interface RtpCodecParametersInput {
  'mimeType'?: (string);
  'payloadType'?: (number);
  'clockRate'?: (number);
  'channels'?: (number);
  'parameters'?: ({[key: string]: _parley_rtp_v1_ParameterValueInput});
  'rtcpFeedback'?: (_parley_rtp_v1_RtcpFeedbackInput)[];
  '_channels'?: "channels";
}

export interface RtpCodecParameters {
  'mimeType': (string);
  'payloadType': (number);
  'clockRate': (number);
  'channels'?: (number);
  'parameters': ({[key: string]: _parley_rtp_v1_ParameterValue});
  'rtcpFeedback': (_parley_rtp_v1_RtcpFeedback)[];
  '_channels'?: "channels";
}
