import type { ProbeAddress } from '@parley/proto/regions';
import { within } from '../base/time/deadline.ts';

const TRIES = 3;
/** A region that is farther than this is measured as if it were not there. */
const TRY_MS = 300;

export type ProbeConnection = Pick<
  RTCPeerConnection,
  | 'addEventListener'
  | 'createDataChannel'
  | 'createOffer'
  | 'setLocalDescription'
  | 'iceGatheringState'
  | 'close'
>;
export type Connect = (configuration: RTCConfiguration) => ProbeConnection;

const connectInBrowser: Connect = (configuration) => new RTCPeerConnection(configuration);

/**
 * Measures how long a STUN binding takes to the nearest of the addresses, in whole milliseconds: the shortest of three tries, each over a
 * connection of its own that ends with it. Resolves with null if none is answered in time. Never rejects.
 */
export async function measureRoundTrip(
  probes: readonly ProbeAddress[],
  connect: Connect = connectInBrowser,
): Promise<number | null> {
  const urls = probes.map(urlOf);
  const times: number[] = [];
  for (let index = 0; index < TRIES; index += 1) {
    const time = await tryOnce(urls, connect);
    if (time !== null) times.push(time);
  }
  return times.length === 0 ? null : Math.round(Math.min(...times));
}

async function tryOnce(urls: string[], connect: Connect): Promise<number | null> {
  let connection: ProbeConnection | null = null;
  try {
    connection = connect({ iceServers: [{ urls }] });
    // Without anything to transport a browser gathers no candidates.
    connection.createDataChannel('probe');
    const offer = await within(TRY_MS, connection.createOffer());
    if (offer === null) return null;
    const answered = untilAnswered(connection);
    const askedAt = performance.now();
    const asked = connection.setLocalDescription(offer);
    const outcome = await within(TRY_MS, Promise.all([answered, asked]));
    const answeredAt = outcome?.[0] ?? null;
    // A page that stood still meanwhile gets the answer before it notices that the time is over.
    return answeredAt === null || answeredAt - askedAt > TRY_MS ? null : answeredAt - askedAt;
  } catch {
    // A browser may forbid such connections. The call does without the times.
    return null;
  } finally {
    connection?.close();
  }
}

/** Resolves with the moment at which the first answer came, or with null if the browser is done without one. */
function untilAnswered(connection: ProbeConnection): Promise<number | null> {
  return new Promise((resolve) => {
    connection.addEventListener('icecandidate', ({ candidate }) => {
      // The address that a STUN server named.
      if (candidate?.type === 'srflx') resolve(performance.now());
    });
    connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState === 'complete') resolve(null);
    });
  });
}

function urlOf({ host, port }: ProbeAddress): string {
  return `stun:${host.includes(':') ? `[${host}]` : host}:${port}`;
}
