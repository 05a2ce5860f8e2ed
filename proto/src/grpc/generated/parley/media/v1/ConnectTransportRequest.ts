// Original file: proto/parley/media/v1/media.proto

import type { DtlsParametersInput as _parley_rtp_v1_DtlsParametersInput, DtlsParameters as _parley_rtp_v1_DtlsParameters } from '../../../parley/rtp/v1/DtlsParameters.ts';

export interface ConnectTransportRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
  'transportId'?: (string);
  'dtlsParameters'?: (_parley_rtp_v1_DtlsParametersInput | null);
}

export interface ConnectTransportRequest {
  'roomId': (string);
  'peerId': (string);
  'transportId': (string);
  'dtlsParameters': (_parley_rtp_v1_DtlsParameters | null);
}
