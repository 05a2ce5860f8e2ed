import type { PeerId } from '@parley/proto';
import { toMediaKindMessage, toSourceMessage, type media } from '@parley/proto/grpc';
import type { types } from 'mediasoup';
import type { LayersWanted } from './dynacast.ts';
import type { Peer } from './peer.ts';
import type { ConsumableProducer, ConsumerScore, PeerConsumer } from '../router/peer-consumer.ts';
import type { PeerProducer } from '../router/peer-producer.ts';
import type { SpeakersState } from '../router/speakers.ts';

/** The events of a room as messages of the Watch stream. */

export type RoomEventMessage = media.WatchResponseInput;
export type PeerCloseReason =
  | 'PEER_CLOSE_REASON_WORKER_DIED'
  | 'PEER_CLOSE_REASON_ICE_TIMED_OUT'
  | 'PEER_CLOSE_REASON_ROOM_CLOSED';

export function roomState(peers: Iterable<Peer>): RoomEventMessage {
  return { state: { peers: [...peers].map(peerState) } };
}

export function peerClosed(peerId: PeerId, reason: PeerCloseReason): RoomEventMessage {
  return { peerClosed: { peerId, reason } };
}

export function producerClosed(peerId: PeerId, { id: producerId }: PeerProducer): RoomEventMessage {
  return { producerClosed: { peerId, producerId } };
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
  wanted: LayersWanted,
): RoomEventMessage {
  return { producerLayersWanted: { peerId, producerId, ...wanted } };
}

export function consumerClosed(peerId: PeerId, { id: consumerId, of }: PeerConsumer): RoomEventMessage {
  return { consumerClosed: { peerId, consumerId, producerId: of.producerId } };
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
  layers: types.ConsumerLayers | undefined,
): RoomEventMessage {
  return { consumerLayersChanged: { peerId, consumerId, ...layers } };
}

export function speakersChanged({ speakers, dominantPeerId }: SpeakersState): RoomEventMessage {
  const message = { speakers: [...speakers] };
  return { speakersChanged: dominantPeerId === undefined ? message : { ...message, dominantPeerId } };
}

function peerState(peer: Peer): media.PeerStateInput {
  return {
    peerId: peer.id,
    producers: peer.producers.all.map(({ record }) => ({
      producerId: record.producerId,
      source: toSourceMessage(record.source),
      kind: toMediaKindMessage(record.kind),
      paused: record.paused,
    })),
  };
}
