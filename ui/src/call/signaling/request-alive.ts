import type { RequestInput, RequestName, RequestResult } from '@parley/proto/requests';
import { asFailure, CallFailure } from '../base/call-failure.ts';
import type { SignalingConnection } from './signaling-connection.ts';

/** An open socket that carries nothing for so long is taken for dead. */
const SILENT_MS = 1_500;

/**
 * A request on a socket that has been idle, whose network may be gone without a word. If neither the request nor a ping before it is answered
 * soon, the socket is closed. Rejects with CallFailure: `network_unreachable` for that and for a request that is not answered at all. A busy
 * server answers the ping, and has its time for the request.
 */
export async function requestAlive<N extends RequestName>(
  connection: SignalingConnection,
  name: N,
  input: RequestInput<N>,
): Promise<RequestResult<N>> {
  // The server answers the requests of one peer in their order.
  const alive = connection.answers(SILENT_MS);
  const answer = connection.request(name, input);
  const settled = answer.then(
    () => true,
    () => true,
  );
  if (!(await Promise.race([alive, settled]))) {
    connection.close();
    throw new CallFailure('network_unreachable', { message: 'no answer to a ping' });
  }
  try {
    return await answer;
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code !== 'timeout') throw failure;
    connection.close();
    throw new CallFailure('network_unreachable', { cause: error });
  }
}
