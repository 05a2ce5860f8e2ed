import type { IceCandidate } from '@parley/proto/rtp';

/** A difference of one in the local preference, which is the middle part of a priority (RFC 8445, 5.1.2.1). */
const LOCAL_PREFERENCE = 2 ** 8;
/** mediasoup puts TCP 1100 below UDP, so eight addresses of UDP stay above the first one of TCP. */
const STEP = 100 * LOCAL_PREFERENCE;

/**
 * The candidates that a browser receives: each address, the preferred first, with each protocol of the transport.
 * mediasoup itself announces one address per socket, and keeps it as long as the socket; but every address that leads to
 * the port of the worker is answered.
 *
 * @param made The candidates of the transport: for each address that we listen on, one with UDP and one with TCP.
 */
export function offerCandidates(made: readonly IceCandidate[], addresses: readonly string[]): IceCandidate[] {
  return (['udp', 'tcp'] as const).flatMap((protocol) => {
    const first = made.find((candidate) => candidate.protocol === protocol);
    if (!first) return [];
    return addresses.map((address, index) => ({
      ...first,
      // A path of its own, so that browsers do not wait for the one before.
      foundation: `${first.foundation}${index}`,
      priority: first.priority - index * STEP,
      address,
    }));
  });
}
