import type { Peer } from './peer.ts';
import * as message from './room-events.ts';

/** Reports how the streams of a peer are, and which end without its request. */
export function reportStreams(
  { id, producers, consumers }: Peer,
  report: (event: message.RoomEventMessage) => void,
): void {
  producers.on('scored', (producer, scores) => report(message.producerScored(id, producer, scores)));
  producers.on('closed', (producer) => report(message.producerClosed(id, producer)));
  consumers.on('producer-closed', (consumer) => report(message.consumerClosed(id, consumer)));
  consumers.on('scored', (consumer, score) => report(message.consumerScored(id, consumer, score)));
  consumers.on('layers-changed', (consumer, layers) =>
    report(message.consumerLayersChanged(id, consumer, layers)),
  );
}
