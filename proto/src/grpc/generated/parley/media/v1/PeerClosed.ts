// Original file: proto/parley/media/v1/media.proto

import type { PeerCloseReasonInput as _parley_media_v1_PeerCloseReasonInput, PeerCloseReason as _parley_media_v1_PeerCloseReason } from '../../../parley/media/v1/PeerCloseReason.ts';

export interface PeerClosedInput {
  'peerId'?: (string);
  'reason'?: (_parley_media_v1_PeerCloseReasonInput);
}

export interface PeerClosed {
  'peerId': (string);
  'reason': (_parley_media_v1_PeerCloseReason);
}
