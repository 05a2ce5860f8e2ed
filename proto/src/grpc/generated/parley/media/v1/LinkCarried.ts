// Original file: proto/parley/media/v1/media.proto

import type { RtpParametersInput as _parley_rtp_v1_RtpParametersInput, RtpParameters as _parley_rtp_v1_RtpParameters } from '../../../parley/rtp/v1/RtpParameters.ts';

export interface LinkCarriedInput {
  'producerId'?: (string);
  'rtpParameters'?: (_parley_rtp_v1_RtpParametersInput | null);
  'paused'?: (boolean);
  'number'?: (number);
}

export interface LinkCarried {
  'producerId': (string);
  'rtpParameters': (_parley_rtp_v1_RtpParameters | null);
  'paused': (boolean);
  'number': (number);
}
