// Original file: proto/parley/media/v1/media.proto

import type { PeerStateInput as _parley_media_v1_PeerStateInput, PeerState as _parley_media_v1_PeerState } from '../../../parley/media/v1/PeerState.ts';

export interface RoomStateInput {
  'peers'?: (_parley_media_v1_PeerStateInput)[];
}

export interface RoomState {
  'peers': (_parley_media_v1_PeerState)[];
}
