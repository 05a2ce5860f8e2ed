// Original file: proto/parley/media/v1/media.proto

import type { TransportParametersInput as _parley_media_v1_TransportParametersInput, TransportParameters as _parley_media_v1_TransportParameters } from '../../../parley/media/v1/TransportParameters.ts';

export interface OpenSendTransportResponseInput {
  'transport'?: (_parley_media_v1_TransportParametersInput | null);
}

export interface OpenSendTransportResponse {
  'transport': (_parley_media_v1_TransportParameters | null);
}
