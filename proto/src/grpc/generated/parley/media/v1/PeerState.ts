// Original file: proto/parley/media/v1/media.proto

import type { ProducerStateInput as _parley_media_v1_ProducerStateInput, ProducerState as _parley_media_v1_ProducerState } from '../../../parley/media/v1/ProducerState.ts';

export interface PeerStateInput {
  'peerId'?: (string);
  'producers'?: (_parley_media_v1_ProducerStateInput)[];
}

export interface PeerState {
  'peerId': (string);
  'producers': (_parley_media_v1_ProducerState)[];
}
