// Original file: proto/parley/media/v1/media.proto

import type { IceParametersInput as _parley_rtp_v1_IceParametersInput, IceParameters as _parley_rtp_v1_IceParameters } from '../../../parley/rtp/v1/IceParameters.ts';

export interface RestartIceResponseInput {
  'iceParameters'?: (_parley_rtp_v1_IceParametersInput | null);
}

export interface RestartIceResponse {
  'iceParameters': (_parley_rtp_v1_IceParameters | null);
}
