// Original file: proto/parley/media/v1/media.proto

import type { RtpCapabilitiesInput as _parley_rtp_v1_RtpCapabilitiesInput, RtpCapabilities as _parley_rtp_v1_RtpCapabilities } from '../../../parley/rtp/v1/RtpCapabilities.ts';

export interface OpenPeerRequestInput {
  'roomId'?: (string);
  'peerId'?: (string);
  'rtpCapabilities'?: (_parley_rtp_v1_RtpCapabilitiesInput | null);
  /**
   * Names where the peer comes from: somebody who comes again as another peer has the same origin. If it is empty, the peer is
   * by itself.
   */
  'origin'?: (string);
  /**
   * The peer may send nothing. A peer that is open already loses its transport to send on, and gets one if this is false.
   */
  'receiveOnly'?: (boolean);
}

export interface OpenPeerRequest {
  'roomId': (string);
  'peerId': (string);
  'rtpCapabilities': (_parley_rtp_v1_RtpCapabilities | null);
  /**
   * Names where the peer comes from: somebody who comes again as another peer has the same origin. If it is empty, the peer is
   * by itself.
   */
  'origin': (string);
  /**
   * The peer may send nothing. A peer that is open already loses its transport to send on, and gets one if this is false.
   */
  'receiveOnly': (boolean);
}
