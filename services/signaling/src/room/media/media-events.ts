import { consumerIdSchema, peerIdSchema, producerIdSchema, type PeerId } from '@parley/proto/ids';
import { VOICES_MAX, type Notification } from '@parley/proto/requests';
import type { media } from '@parley/proto/media-rpc';
import type { MediaLoss } from '../../peer/peer-session.ts';
import type { LeaveReason } from '../../store/live-room-store.ts';

/*
 * Events of a media node as payloads of notifications. Pure: ids are parsed, absent layers become null.
 */

const SPEAKERS_MAX = 16;

const LOSS_BY_REASON = {
  PEER_CLOSE_REASON_UNSPECIFIED: 'node-lost',
  PEER_CLOSE_REASON_WORKER_DIED: 'worker-died',
  PEER_CLOSE_REASON_ICE_TIMED_OUT: 'timed-out',
  PEER_CLOSE_REASON_ROOM_CLOSED: 'node-lost',
} as const satisfies Partial<Record<media.PeerCloseReason, MediaLoss>>;

/** How the media of a peer was lost; undefined if the node let the whole peer go. */
export function mediaLossOf(event: media.PeerClosed): MediaLoss | undefined {
  return event.reason in LOSS_BY_REASON
    ? LOSS_BY_REASON[event.reason as keyof typeof LOSS_BY_REASON]
    : undefined;
}

/** Why a peer that the node let go leaves. */
export function leaveReasonOf({ reason }: media.PeerClosed): LeaveReason {
  if (reason === 'PEER_CLOSE_REASON_OVER_LIMIT') return 'over-limit';
  return reason === 'PEER_CLOSE_REASON_UNUSED' ? 'unused' : 'unreachable';
}

export function speakersOf(event: media.SpeakersChanged): Notification<'speakers:changed'> {
  const speakers = event.speakers.slice(0, SPEAKERS_MAX).map(({ peerId, volume }) => ({
    peerId: peerIdSchema.parse(peerId),
    volume: Math.min(0, Math.max(-127, Math.round(volume))),
  }));
  return { speakers, dominantPeerId: event.dominantPeerId ? peerIdSchema.parse(event.dominantPeerId) : null };
}

export function voicesOf({ limited, producerIds }: media.VoicesChanged): Notification<'voices:changed'> {
  return {
    producerIds: limited ? producerIds.slice(0, VOICES_MAX).map((id) => producerIdSchema.parse(id)) : null,
  };
}

export function producerScoreOf(event: media.ProducerScored): Notification<'producer:score-changed'> {
  return { producerId: producerIdSchema.parse(event.producerId), scores: event.scores.slice(0, 8) };
}

export function layersWantedOf(event: media.ProducerLayersWanted): Notification<'producer:layers-wanted'> {
  const { wanted, maxSpatialLayer } = event;
  return { producerId: producerIdSchema.parse(event.producerId), wanted, maxSpatialLayer };
}

export function consumerClosedOf(event: media.ConsumerClosed): Notification<'consumer:closed'> {
  return {
    consumerId: consumerIdSchema.parse(event.consumerId),
    producerId: producerIdSchema.parse(event.producerId),
  };
}

export function consumerScoreOf(event: media.ConsumerScored): Notification<'consumer:score-changed'> {
  const { score, producerScore } = event;
  return { consumerId: consumerIdSchema.parse(event.consumerId), score, producerScore };
}

export function consumerLayersOf(
  event: media.ConsumerLayersChanged,
): Notification<'consumer:layers-changed'> {
  const { spatialLayer = null, temporalLayer = null } = event;
  return { consumerId: consumerIdSchema.parse(event.consumerId), spatialLayer, temporalLayer };
}

/** The state of each peer on the node. */
export function peersOf(state: media.RoomState): Map<PeerId, media.PeerState> {
  return new Map(state.peers.map((peer) => [peerIdSchema.parse(peer.peerId), peer]));
}
