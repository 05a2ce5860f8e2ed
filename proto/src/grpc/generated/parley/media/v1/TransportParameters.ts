// Original file: proto/parley/media/v1/media.proto

import type { IceParametersInput as _parley_rtp_v1_IceParametersInput, IceParameters as _parley_rtp_v1_IceParameters } from '../../../parley/rtp/v1/IceParameters.ts';
import type { IceCandidateInput as _parley_rtp_v1_IceCandidateInput, IceCandidate as _parley_rtp_v1_IceCandidate } from '../../../parley/rtp/v1/IceCandidate.ts';
import type { DtlsParametersInput as _parley_rtp_v1_DtlsParametersInput, DtlsParameters as _parley_rtp_v1_DtlsParameters } from '../../../parley/rtp/v1/DtlsParameters.ts';

export interface TransportParametersInput {
  'transportId'?: (string);
  'iceParameters'?: (_parley_rtp_v1_IceParametersInput | null);
  'iceCandidates'?: (_parley_rtp_v1_IceCandidateInput)[];
  'dtlsParameters'?: (_parley_rtp_v1_DtlsParametersInput | null);
}

export interface TransportParameters {
  'transportId': (string);
  'iceParameters': (_parley_rtp_v1_IceParameters | null);
  'iceCandidates': (_parley_rtp_v1_IceCandidate)[];
  'dtlsParameters': (_parley_rtp_v1_DtlsParameters | null);
}
