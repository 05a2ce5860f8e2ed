import { performance } from 'node:perf_hooks';
import { ParleyError } from '@parley/proto/errors';
import {
  batchSizeOf,
  permissionFor,
  REQUESTS,
  roomUseOf,
  type Reply,
  type RequestName,
  type RequestPayload,
} from '@parley/proto/requests';
import { Buffer } from 'node:buffer';
import type { LimitTable } from '../limits/limit-table.ts';
import type { PeerLimits } from '../limits/peer-limits.ts';
import type { RoomLimits } from '../limits/room-limits.ts';
import type { SignalingMetrics } from '../metrics.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { keyOfPeer, type PeerTasks } from '../peer/peer-tasks.ts';
import type { ClientConnection } from './client-connection.ts';
import type { Handlers } from './handler-types.ts';
import { parsePayload, toErrorReply, toRateLimited } from './replies.ts';

/** Requests of one peer that run or wait, over all its sockets. Our client has a few dozen in the largest room. */
const WAITING_MAX = 100;
/** A client with more than this to read gets no more answers until it has read. */
const UNREAD_MAX_BYTES = 500_000;

type Ack = (reply: Reply<unknown>) => void;
type AnyHandler = (payload: unknown, context: ClientConnection | PeerSession) => unknown;

type DispatcherOptions = {
  handlers: Handlers;
  tasks: PeerTasks;
  peerLimits: LimitTable<PeerLimits>;
  roomLimits: LimitTable<RoomLimits>;
  metrics: SignalingMetrics;
  validateOutgoing: boolean;
};

/** The way of every event that a client sends: acknowledgement, rate, phase, payload, permission, handler, reply. */
export class Dispatcher {
  readonly #options: DispatcherOptions;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** Never throws, whatever the event is. */
  dispatch(connection: ClientConnection, event: unknown, given: unknown[]): void {
    // Events that arrived together with what ended the socket.
    if (connection.closed) return;
    if (!this.#limitsOf(connection).takeAny()) return connection.cut();
    const last = given.at(-1);
    // Without an acknowledgement the client could not receive the outcome, so nothing is done.
    if (typeof last !== 'function') return;
    const ack = last as Ack;
    const startedAt = performance.now();
    const verb = isRequestName(event) ? event : undefined;
    void this.#answer(connection, verb, given).then((reply) => {
      const seconds = (performance.now() - startedAt) / 1000;
      this.#options.metrics.requestAnswered(verb ?? 'unknown', reply.ok ? 'ok' : reply.error.code, seconds);
      ack(reply);
      if (verb !== undefined) finish(connection, verb, reply.ok);
    });
  }

  async #answer(
    connection: ClientConnection,
    verb: RequestName | undefined,
    given: unknown[],
  ): Promise<Reply<unknown>> {
    const { traceId } = connection.identity;
    const { tasks } = this.#options;
    try {
      if (verb === undefined) throw new ParleyError('invalid_request', 'There is no such request.');
      const retryAfterMs = this.#limitsOf(connection).take(verb);
      if (retryAfterMs > 0) return toRateLimited(retryAfterMs, traceId);
      if (given.length !== 2) throw new ParleyError('invalid_request', 'A request takes one payload.');
      const isBehind =
        connection.unread > UNREAD_MAX_BYTES || tasks.count(connection.identity) >= WAITING_MAX;
      if (isBehind) throw new ParleyError('rate_limited');
      const data = await tasks.run(connection.identity, () => this.#handle(connection, verb, given[0]));
      return { ok: true, data };
    } catch (error) {
      return toErrorReply(error, traceId, connection.logger, verb);
    }
  }

  async #handle(connection: ClientConnection, verb: RequestName, payload: unknown): Promise<unknown> {
    const contract = REQUESTS[verb];
    const context = contextOf(connection, verb);
    const parsed = parsePayload(contract.request, payload);
    const permission = permissionFor(verb, parsed);
    if (permission !== null && connection.session?.may(permission) !== true)
      throw new ParleyError('forbidden');
    const retryAfterMs = this.#limitsOf(connection).takeBatch(
      batchSizeOf(parsed as RequestPayload<RequestName>),
    );
    if (retryAfterMs > 0) throw new ParleyError('rate_limited', undefined, { retryAfterMs });
    this.#takeFromRoom(connection, verb, parsed);
    if (contract.phase === 'connected') connection.hold();
    try {
      // The table is typed for each verb. Which verb this is, the compiler cannot know here.
      const handler = this.#options.handlers[verb] as AnyHandler;
      const data = await handler(parsed, context);
      if (this.#options.validateOutgoing) contract.response.parse(data);
      return data;
    } finally {
      if (contract.phase === 'connected') connection.settle();
    }
  }

  #limitsOf({ identity }: ClientConnection): PeerLimits {
    return this.#options.peerLimits.of(keyOfPeer(identity));
  }

  /** Throws `room_busy`. */
  #takeFromRoom({ identity }: ClientConnection, verb: RequestName, payload: unknown): void {
    const use = roomUseOf(verb);
    if (use === null) return;
    const isText = verb === 'chat:send' || verb === 'chat:edit';
    const bytes = isText ? Buffer.byteLength((payload as RequestPayload<'chat:edit'>).text) : 0;
    this.#options.roomLimits.of(identity.code).take(use, bytes);
  }
}

function isRequestName(event: unknown): event is RequestName {
  return typeof event === 'string' && Object.hasOwn(REQUESTS, event);
}

/** Throws `not_joined`, `already_joined`, or `closed` for a session that has ended. */
function contextOf(connection: ClientConnection, verb: RequestName): ClientConnection | PeerSession {
  const { session } = connection;
  if (session?.closed === true) throw new ParleyError('closed');
  if (REQUESTS[verb].phase === 'connected') {
    if (session !== undefined) throw new ParleyError('already_joined');
    if (connection.closed) throw new ParleyError('closed');
    return connection;
  }
  if (session === undefined) throw new ParleyError('not_joined');
  return session;
}

/** The client wants no socket after these. */
const LAST_REQUESTS: readonly RequestName[] = ['room:leave', 'room:suspend', 'room:end-call'];

/** After the reply: sends the notifications that waited for the snapshot, and closes the socket of a peer that left or may come back. */
function finish(connection: ClientConnection, verb: RequestName, ok: boolean): void {
  // In the lobby no notification waits for an admission.
  if (REQUESTS[verb].phase === 'connected') connection.release(ok || verb.startsWith('lobby:'));
  if (LAST_REQUESTS.includes(verb) && ok) connection.close();
}
