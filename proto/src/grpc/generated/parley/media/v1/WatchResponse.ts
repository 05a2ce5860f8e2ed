// Original file: proto/parley/media/v1/media.proto

import type { RoomStateInput as _parley_media_v1_RoomStateInput, RoomState as _parley_media_v1_RoomState } from '../../../parley/media/v1/RoomState.ts';
import type { PeerClosedInput as _parley_media_v1_PeerClosedInput, PeerClosed as _parley_media_v1_PeerClosed } from '../../../parley/media/v1/PeerClosed.ts';
import type { ProducerClosedInput as _parley_media_v1_ProducerClosedInput, ProducerClosed as _parley_media_v1_ProducerClosed } from '../../../parley/media/v1/ProducerClosed.ts';
import type { ProducerScoredInput as _parley_media_v1_ProducerScoredInput, ProducerScored as _parley_media_v1_ProducerScored } from '../../../parley/media/v1/ProducerScored.ts';
import type { ProducerLayersWantedInput as _parley_media_v1_ProducerLayersWantedInput, ProducerLayersWanted as _parley_media_v1_ProducerLayersWanted } from '../../../parley/media/v1/ProducerLayersWanted.ts';
import type { ConsumerClosedInput as _parley_media_v1_ConsumerClosedInput, ConsumerClosed as _parley_media_v1_ConsumerClosed } from '../../../parley/media/v1/ConsumerClosed.ts';
import type { ConsumerScoredInput as _parley_media_v1_ConsumerScoredInput, ConsumerScored as _parley_media_v1_ConsumerScored } from '../../../parley/media/v1/ConsumerScored.ts';
import type { ConsumerLayersChangedInput as _parley_media_v1_ConsumerLayersChangedInput, ConsumerLayersChanged as _parley_media_v1_ConsumerLayersChanged } from '../../../parley/media/v1/ConsumerLayersChanged.ts';
import type { SpeakersChangedInput as _parley_media_v1_SpeakersChangedInput, SpeakersChanged as _parley_media_v1_SpeakersChanged } from '../../../parley/media/v1/SpeakersChanged.ts';
import type { ProducerLimitedInput as _parley_media_v1_ProducerLimitedInput, ProducerLimited as _parley_media_v1_ProducerLimited } from '../../../parley/media/v1/ProducerLimited.ts';
import type { VoicesChangedInput as _parley_media_v1_VoicesChangedInput, VoicesChanged as _parley_media_v1_VoicesChanged } from '../../../parley/media/v1/VoicesChanged.ts';

/**
 * One event of the room.
 */
export interface WatchResponseInput {
  'state'?: (_parley_media_v1_RoomStateInput | null);
  'peerClosed'?: (_parley_media_v1_PeerClosedInput | null);
  'producerClosed'?: (_parley_media_v1_ProducerClosedInput | null);
  'producerScored'?: (_parley_media_v1_ProducerScoredInput | null);
  'producerLayersWanted'?: (_parley_media_v1_ProducerLayersWantedInput | null);
  'consumerClosed'?: (_parley_media_v1_ConsumerClosedInput | null);
  'consumerScored'?: (_parley_media_v1_ConsumerScoredInput | null);
  'consumerLayersChanged'?: (_parley_media_v1_ConsumerLayersChangedInput | null);
  'speakersChanged'?: (_parley_media_v1_SpeakersChangedInput | null);
  'producerLimited'?: (_parley_media_v1_ProducerLimitedInput | null);
  'voicesChanged'?: (_parley_media_v1_VoicesChangedInput | null);
  'event'?: "state"|"peerClosed"|"producerClosed"|"producerScored"|"producerLayersWanted"|"consumerClosed"|"consumerScored"|"consumerLayersChanged"|"speakersChanged"|"producerLimited"|"voicesChanged";
}

/**
 * One event of the room.
 */
export interface WatchResponse {
  'state'?: (_parley_media_v1_RoomState | null);
  'peerClosed'?: (_parley_media_v1_PeerClosed | null);
  'producerClosed'?: (_parley_media_v1_ProducerClosed | null);
  'producerScored'?: (_parley_media_v1_ProducerScored | null);
  'producerLayersWanted'?: (_parley_media_v1_ProducerLayersWanted | null);
  'consumerClosed'?: (_parley_media_v1_ConsumerClosed | null);
  'consumerScored'?: (_parley_media_v1_ConsumerScored | null);
  'consumerLayersChanged'?: (_parley_media_v1_ConsumerLayersChanged | null);
  'speakersChanged'?: (_parley_media_v1_SpeakersChanged | null);
  'producerLimited'?: (_parley_media_v1_ProducerLimited | null);
  'voicesChanged'?: (_parley_media_v1_VoicesChanged | null);
  'event'?: "state"|"peerClosed"|"producerClosed"|"producerScored"|"producerLayersWanted"|"consumerClosed"|"consumerScored"|"consumerLayersChanged"|"speakersChanged"|"producerLimited"|"voicesChanged";
}
