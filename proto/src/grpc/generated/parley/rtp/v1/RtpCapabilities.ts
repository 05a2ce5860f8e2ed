// Original file: proto/parley/rtp/v1/rtp.proto

import type { RtpCodecCapabilityInput as _parley_rtp_v1_RtpCodecCapabilityInput, RtpCodecCapability as _parley_rtp_v1_RtpCodecCapability } from '../../../parley/rtp/v1/RtpCodecCapability.ts';
import type { RtpHeaderExtensionCapabilityInput as _parley_rtp_v1_RtpHeaderExtensionCapabilityInput, RtpHeaderExtensionCapability as _parley_rtp_v1_RtpHeaderExtensionCapability } from '../../../parley/rtp/v1/RtpHeaderExtensionCapability.ts';

export interface RtpCapabilitiesInput {
  'codecs'?: (_parley_rtp_v1_RtpCodecCapabilityInput)[];
  'headerExtensions'?: (_parley_rtp_v1_RtpHeaderExtensionCapabilityInput)[];
}

export interface RtpCapabilities {
  'codecs': (_parley_rtp_v1_RtpCodecCapability)[];
  'headerExtensions': (_parley_rtp_v1_RtpHeaderExtensionCapability)[];
}
