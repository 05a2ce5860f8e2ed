// Original file: proto/parley/media/v1/media.proto

import type { TransportParametersInput as _parley_media_v1_TransportParametersInput, TransportParameters as _parley_media_v1_TransportParameters } from '../../../parley/media/v1/TransportParameters.ts';

export interface OpenPeerResponseInput {
  /**
   * Unset for a peer that only receives.
   */
  'sendTransport'?: (_parley_media_v1_TransportParametersInput | null);
  'receiveTransport'?: (_parley_media_v1_TransportParametersInput | null);
}

export interface OpenPeerResponse {
  /**
   * Unset for a peer that only receives.
   */
  'sendTransport': (_parley_media_v1_TransportParameters | null);
  'receiveTransport': (_parley_media_v1_TransportParameters | null);
}
