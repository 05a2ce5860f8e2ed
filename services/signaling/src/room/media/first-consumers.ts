import type { ProducerId } from '@parley/proto/ids';
import { FIRST_VOICES_MAX } from '@parley/proto/requests';
import type { PeerRecord, ProducerRecord } from '@parley/proto/room';
import type { PreferredLayers } from '@parley/proto/rtp';

export type FirstConsumer = { producerId: ProducerId; resumed: boolean; preferredLayers?: PreferredLayers };

/** It is small, so its first frame is encoded, sent and shown soonest. The client then asks for what its tile deserves. */
const SMALLEST = { spatialLayer: 0 };

/**
 * What a newcomer receives first. Voices: the sound of screens, then what the room forwards, then open microphones, then muted ones, which
 * may open at any moment. Pictures: screens, then cameras, in the order of joining.
 *
 * @param peers The others, in the order of joining.
 * @param forwarded The microphones that the room forwards; null: all of them.
 * @param mayConnect Whether the transport may carry media before the consumers are set up. Then pictures begin paused.
 */
export function firstConsumers(
  peers: readonly PeerRecord[],
  pictures: number,
  forwarded: readonly ProducerId[] | null,
  mayConnect = false,
): FirstConsumer[] {
  const producers = peers.flatMap((peer) => peer.producers);
  const voices = producers
    .filter(({ kind }) => kind === 'audio')
    .toSorted((a, b) => rankOfVoice(a, forwarded) - rankOfVoice(b, forwarded))
    .slice(0, FIRST_VOICES_MAX);
  const shown = producers
    .filter(({ kind, paused }) => kind === 'video' && !paused)
    .toSorted((a, b) => Number(b.source === 'screen') - Number(a.source === 'screen'))
    .slice(0, pictures);
  return [
    ...voices.map(({ producerId }) => ({ producerId, resumed: true })),
    ...shown.map(({ producerId }) => ({ producerId, resumed: !mayConnect, preferredLayers: SMALLEST })),
  ];
}

function rankOfVoice(
  { producerId, source, paused }: ProducerRecord,
  forwarded: readonly ProducerId[] | null,
): number {
  if (source === 'screen-audio') return 0;
  if (forwarded?.includes(producerId) === true) return 1;
  return paused ? 3 : 2;
}
