// Original file: proto/parley/rtp/v1/rtp.proto

import type { RtpCodecParametersInput as _parley_rtp_v1_RtpCodecParametersInput, RtpCodecParameters as _parley_rtp_v1_RtpCodecParameters } from '../../../parley/rtp/v1/RtpCodecParameters.ts';
import type { RtpHeaderExtensionParametersInput as _parley_rtp_v1_RtpHeaderExtensionParametersInput, RtpHeaderExtensionParameters as _parley_rtp_v1_RtpHeaderExtensionParameters } from '../../../parley/rtp/v1/RtpHeaderExtensionParameters.ts';
import type { RtpEncodingParametersInput as _parley_rtp_v1_RtpEncodingParametersInput, RtpEncodingParameters as _parley_rtp_v1_RtpEncodingParameters } from '../../../parley/rtp/v1/RtpEncodingParameters.ts';
import type { RtcpParametersInput as _parley_rtp_v1_RtcpParametersInput, RtcpParameters as _parley_rtp_v1_RtcpParameters } from '../../../parley/rtp/v1/RtcpParameters.ts';

export interface RtpParametersInput {
  'mid'?: (string);
  'codecs'?: (_parley_rtp_v1_RtpCodecParametersInput)[];
  'headerExtensions'?: (_parley_rtp_v1_RtpHeaderExtensionParametersInput)[];
  'encodings'?: (_parley_rtp_v1_RtpEncodingParametersInput)[];
  'rtcp'?: (_parley_rtp_v1_RtcpParametersInput | null);
  'msid'?: (string);
  '_mid'?: "mid";
  '_msid'?: "msid";
}

export interface RtpParameters {
  'mid'?: (string);
  'codecs': (_parley_rtp_v1_RtpCodecParameters)[];
  'headerExtensions': (_parley_rtp_v1_RtpHeaderExtensionParameters)[];
  'encodings': (_parley_rtp_v1_RtpEncodingParameters)[];
  'rtcp': (_parley_rtp_v1_RtcpParameters | null);
  'msid'?: (string);
  '_mid'?: "mid";
  '_msid'?: "msid";
}
