import type { IncomingMessage, ServerResponse } from 'node:http';
import { RateLimiter, type OriginPolicy } from '@parley/common/limits';
import { ParleyError } from '@parley/proto/errors';
import type { Limits } from '../limits/settings.ts';
import type { RefusedConnection } from '../metrics.ts';
import { Turns } from './limits/turns.ts';

/** Seconds of the rate that may come at once: everybody of an office comes back in the same moment. */
const BURST_S = 4;

type DoorOptions = {
  limits: Pick<Limits, 'handshakesPerAddress'>;
  originPolicy: OriginPolicy;
  /** The address of the client. */
  addressOf: (request: IncomingMessage) => string;
  /** Whether the request is of an Engine.io session that is open. */
  continues: (request: IncomingMessage) => boolean;
  onRefused: (reason: RefusedConnection) => void;
};

/** Decides about each HTTP request to Engine.io: who may begin a session, and how often. */
export class Door {
  readonly #options: DoorOptions;
  readonly #handshakes: RateLimiter;
  readonly #turns = new Turns();
  #accepting = true;

  constructor(options: DoorOptions) {
    this.#options = options;
    const { handshakesPerAddress: perSecond } = options.limits;
    this.#handshakes = new RateLimiter({ burst: perSecond * BURST_S, perSecond });
  }

  get accepting(): boolean {
    return this.#accepting;
  }

  /** Refuses new sessions from now on. */
  shut(): void {
    this.#accepting = false;
  }

  /**
   * Middleware of Engine.io. Limits what begins a session, changes its transport or names none that is open, and lets through one of these in
   * a turn. The requests of an open session have the limit of its packets.
   */
  limit(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    const { addressOf, continues, onRefused } = this.#options;
    const isUpgrade = request.headers.upgrade !== undefined;
    if (!isUpgrade && continues(request)) return next();
    const waitMs = this.#handshakes.take(addressOf(request));
    if (waitMs === 0) return this.#turns.wait(request, next);
    onRefused('handshakes');
    refuse(request, response, waitMs, isUpgrade);
  }

  /** Runs for each request that begins a session, after `limit`. Returns why it may not. */
  refusal(request: IncomingMessage): 'origin_not_allowed' | 'unavailable' | undefined {
    if (!this.#options.originPolicy.allows(request)) {
      this.#options.onRefused('origin');
      return 'origin_not_allowed';
    }
    return this.#accepting ? undefined : 'unavailable';
  }
}

/** 429 with the body that REST has. A browser does not show the answer to a WebSocket, so that one has no body. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  waitMs: number,
  isUpgrade: boolean,
): void {
  const retryAfter = Math.ceil(waitMs / 1_000);
  if (isUpgrade) {
    const lines = ['HTTP/1.1 429 Too Many Requests', `retry-after: ${retryAfter}`, 'connection: close'];
    request.socket.end(`${[...lines, 'content-length: 0'].join('\r\n')}\r\n\r\n`);
    return;
  }
  const error = new ParleyError('rate_limited', undefined, { retryAfterMs: waitMs }).toBody();
  response
    .writeHead(429, { 'retry-after': String(retryAfter), 'content-type': 'application/json' })
    .end(JSON.stringify({ error }));
}
