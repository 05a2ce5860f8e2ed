import type { PeerId, ProducerId } from '@parley/proto/ids';
import { toMediaKindMessage, toSourceMessage, type media } from '@parley/proto/media-rpc';
import type {
  ConsumableProducer,
  ConsumedLayers,
  ConsumerScore,
  PeerConsumer,
} from '../router/peer-consumer.ts';
import type { PeerProducer } from '../router/peer-producer.ts';
import type { SpeakersState } from '../router/speakers.ts';
import type { PeerCloseCause } from './causes.ts';
import type { Peer } from './peer.ts';
import type { WantedLayers } from '../layers/wanted-layers.ts';

/* The events of a room as messages of the Watch stream. */

export type RoomEventMessage = media.WatchResponseInput;

/** A peer that was `closed` on request is not reported, because the caller knows. */
type ReportedCloseCause = Exclude<PeerCloseCause, 'closed'>;

const CLOSE_REASONS = {
  worker_died: 'PEER_CLOSE_REASON_WORKER_DIED',
  ice_timed_out: 'PEER_CLOSE_REASON_ICE_TIMED_OUT',
  room_closed: 'PEER_CLOSE_REASON_ROOM_CLOSED',
  never_connected: 'PEER_CLOSE_REASON_NEVER_CONNECTED',
  unused: 'PEER_CLOSE_REASON_UNUSED',
  over_limit: 'PEER_CLOSE_REASON_OVER_LIMIT',
} as const satisfies Record<ReportedCloseCause, media.PeerCloseReason>;

export function roomState(peers: Iterable<Peer>): RoomEventMessage {
  return { state: { peers: [...peers].map(peerState) } };
}

export function peerClosed(peerId: PeerId, cause: ReportedCloseCause): RoomEventMessage {
  return { peerClosed: { peerId, reason: CLOSE_REASONS[cause] } };
}

export function producerClosed(peerId: PeerId, { id: producerId }: PeerProducer): RoomEventMessage {
  return { producerClosed: { peerId, producerId } };
}

export function producerLimited(peerId: PeerId, { id: producerId }: PeerProducer): RoomEventMessage {
  return { producerLimited: { peerId, producerId } };
}

export function producerScored(
  peerId: PeerId,
  { id: producerId }: PeerProducer,
  scores: number[],
): RoomEventMessage {
  return { producerScored: { peerId, producerId, scores } };
}

export function producerLayersWanted(
  { peerId, producerId }: ConsumableProducer,
  wanted: WantedLayers,
): RoomEventMessage {
  return { producerLayersWanted: { peerId, producerId, ...wanted } };
}

export function consumerClosed(peerId: PeerId, { id: consumerId, producer }: PeerConsumer): RoomEventMessage {
  return { consumerClosed: { peerId, consumerId, producerId: producer.producerId } };
}

export function consumerScored(
  peerId: PeerId,
  { id: consumerId }: PeerConsumer,
  score: ConsumerScore,
): RoomEventMessage {
  return { consumerScored: { peerId, consumerId, ...score } };
}

export function consumerLayersChanged(
  peerId: PeerId,
  { id: consumerId }: PeerConsumer,
  layers: ConsumedLayers,
): RoomEventMessage {
  return { consumerLayersChanged: { peerId, consumerId, ...layers } };
}

export function speakersChanged({ speakers, dominantPeerId }: SpeakersState): RoomEventMessage {
  const message = { speakers: [...speakers] };
  return { speakersChanged: dominantPeerId === undefined ? message : { ...message, dominantPeerId } };
}

/** @param forwarded Undefined while all voices are forwarded. */
export function voicesChanged(forwarded: readonly ProducerId[] | undefined): RoomEventMessage {
  return { voicesChanged: { limited: forwarded !== undefined, producerIds: [...(forwarded ?? [])] } };
}

function peerState(peer: Peer): media.PeerStateInput {
  return {
    peerId: peer.id,
    producers: peer.producers.all.map(({ record }) => ({
      producerId: record.producerId,
      source: toSourceMessage(record.source),
      kind: toMediaKindMessage(record.kind),
      paused: record.paused,
      limited: record.pauseReason === 'over-limit',
    })),
  };
}
