import { ParleyError } from '@parley/proto/errors';
import type { ProducerId } from '@parley/proto/ids';
import type { ConsumeResult } from '@parley/proto/requests';
import type { PreferredLayers } from '@parley/proto/rtp';
import type { PeerSession } from '../../peer/peer-session.ts';

/** The media node of a producer; null if it is not known, undefined for a producer of nobody in the room. */
export type HomeOf = (producerId: ProducerId) => string | null | undefined;

type Wanted = {
  producerId: ProducerId;
  preferredLayers?: PreferredLayers | undefined;
  resumed?: boolean | undefined;
};

/**
 * Makes consumers of producers of the room, whichever media nodes their peers are on. One result for each, in order. Producers are checked against what
 * clients here were notified of, so that consuming works while the store is away.
 */
export async function receive(
  homeOf: HomeOf,
  session: PeerSession,
  wanted: readonly Wanted[],
): Promise<ConsumeResult[]> {
  const located = wanted.flatMap((item) => {
    const home = homeOf(item.producerId);
    return home === undefined ? [] : [{ ...item, home }];
  });
  const outcomes = await session.media.consume(located);
  const known = new Set(located.map(({ producerId }) => producerId));
  return wanted.map(({ producerId }) =>
    known.has(producerId) ? (outcomes.shift() ?? missing(producerId)) : missing(producerId),
  );
}

/** For a producer that closed meanwhile and for one of another room alike. */
function missing(producerId: ProducerId): ConsumeResult {
  return { status: 'failed', producerId, error: new ParleyError('producer_not_found').toBody() };
}
