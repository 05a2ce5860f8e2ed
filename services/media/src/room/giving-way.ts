import type { PeerConsumer } from '../router/peer-consumer.ts';

type Receiver = { readonly consumers: { readonly all: readonly PeerConsumer[] } };

/**
 * The picture that gives way when a worker has more streams than it may: the newest camera of the peer that receives the most of them. A shared screen stays, because it
 * is what people came for.
 */
export function pictureToGiveUp<P extends Receiver>(
  peers: Iterable<P>,
): { peer: P; consumer: PeerConsumer } | undefined {
  const [richest] = [...peers]
    .map((peer) => ({ peer, cameras: peer.consumers.all.filter(isCamera) }))
    .toSorted((a, b) => b.cameras.length - a.cameras.length);
  const consumer = richest?.cameras.at(-1);
  return richest && consumer && { peer: richest.peer, consumer };
}

function isCamera({ producer }: PeerConsumer): boolean {
  return producer.source === 'camera';
}
