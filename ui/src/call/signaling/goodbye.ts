import type { RoomCode, TraceId } from '@parley/proto/ids';
import { ROUTES } from '@parley/proto/rest';
import type { Goodbye } from '@parley/proto/room';
import { asFailure } from '../base/call-failure.ts';
import type { ClientLog } from '../base/log.ts';
import { fillPath, RestClient } from '../base/rest-client.ts';

export type GoodbyeOptions = {
  origin: string;
  roomCode: RoomCode;
  traceId: () => TraceId | null;
  log: ClientLog;
};

/**
 * Says by a request that outlives the page what the socket says as its last request: a page that ends may take its socket with it before
 * that was sent. The request leaves in this task. Never throws.
 */
export function sayGoodbye(
  { origin, roomCode, traceId, log }: GoodbyeOptions,
  verb: Goodbye,
  resumeSecret: string,
): void {
  const params = { code: roomCode };
  const body = { resumeSecret, verb };
  if (!hasKeepalive()) {
    const json = new Blob([JSON.stringify(body)], { type: 'application/json' });
    navigator.sendBeacon(`${origin}${fillPath(ROUTES.sayGoodbye.path, params)}`, json);
    return;
  }
  // The request has no credentials, because it would have to wait for them.
  const rest = new RestClient({ origin, traceId, keepalive: true });
  rest.call('sayGoodbye', { params, body }).catch((error: unknown) => {
    // The page may go on: after Leave it shows that the call is over.
    log('warn', 'goodbye not taken', { verb, code: asFailure(error).code });
  });
}

/** Firefox before 133 ends all requests of a page with it, except for beacons. */
function hasKeepalive(): boolean {
  return 'keepalive' in Request.prototype;
}
