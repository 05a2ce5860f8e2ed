// Original file: proto/parley/rtp/v1/rtp.proto

import type { MediaKindInput as _parley_rtp_v1_MediaKindInput, MediaKind as _parley_rtp_v1_MediaKind } from '../../../parley/rtp/v1/MediaKind.ts';

export interface RtpHeaderExtensionCapabilityInput {
  'kind'?: (_parley_rtp_v1_MediaKindInput);
  'uri'?: (string);
  'preferredId'?: (number);
  'preferredEncrypt'?: (boolean);
  /**
   * One of sendrecv, sendonly, recvonly, inactive.
   */
  'direction'?: (string);
}

export interface RtpHeaderExtensionCapability {
  'kind': (_parley_rtp_v1_MediaKind);
  'uri': (string);
  'preferredId': (number);
  'preferredEncrypt': (boolean);
  /**
   * One of sendrecv, sendonly, recvonly, inactive.
   */
  'direction': (string);
}
