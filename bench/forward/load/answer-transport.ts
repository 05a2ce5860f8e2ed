import type { DtlsParameters } from '@parley/proto/rtp';
import {
  describeTransport,
  fingerprintOf,
  type OfferedTransport,
} from '../../../tests/harness/peer/rtp-endpoint.ts';
import type { TimedEndpoint } from './endpoint.ts';

/**
 * Lets the endpoint answer a transport of mediasoup. Resolves with what the transport has to know of it.
 *
 * @param direction What the transport does.
 */
export async function answerTransport(
  endpoint: TimedEndpoint,
  transport: OfferedTransport,
  direction: 'sendonly' | 'recvonly',
): Promise<DtlsParameters> {
  const value = fingerprintOf(await endpoint.answer(describeTransport(transport, direction)));
  if (value === undefined) throw new Error('the answer of the endpoint has no fingerprint');
  return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] };
}
