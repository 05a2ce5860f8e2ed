import { performance } from 'node:perf_hooks';
import { ParleyError, permissionFor, REQUESTS, type Reply, type RequestName } from '@parley/proto';
import type { SignalingMetrics } from '../metrics.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import type { PeerTasks } from '../peer/peer-tasks.ts';
import type { ClientConnection } from './client-connection.ts';
import type { Handlers } from './handler-types.ts';
import { parsePayload, toErrorReply } from './replies.ts';
import type { VerbLimits } from './verb-limits.ts';

/** Requests of one peer that run or wait, over all its sockets. Our client has a few dozen in the largest room. */
const WAITING_MAX = 100;
/** A client with more than this to read gets no more answers until it has read. */
const UNREAD_MAX_CHARACTERS = 1_000_000;

type Ack = (reply: Reply<unknown>) => void;
type AnyHandler = (payload: unknown, context: ClientConnection | PeerSession) => unknown;

type DispatcherOptions = {
  handlers: Handlers;
  tasks: PeerTasks;
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
  dispatch(connection: ClientConnection, limits: VerbLimits, event: unknown, given: unknown[]): void {
    if (!limits.takeAny()) {
      connection.logger.warn('socket floods');
      connection.close();
      return;
    }
    const last = given.at(-1);
    // Without an acknowledgement the client could not receive the outcome, so nothing is done.
    if (typeof last !== 'function') return;
    const ack = last as Ack;
    const startedAt = performance.now();
    const verb = isRequestName(event) ? event : undefined;
    void this.#answer(connection, limits, verb, given).then((reply) => {
      const seconds = (performance.now() - startedAt) / 1000;
      this.#options.metrics.requestAnswered(verb ?? 'unknown', reply.ok ? 'ok' : reply.error.code, seconds);
      ack(reply);
      if (verb !== undefined) finish(connection, verb, reply.ok);
    });
  }

  async #answer(
    connection: ClientConnection,
    limits: VerbLimits,
    verb: RequestName | undefined,
    given: unknown[],
  ): Promise<Reply<unknown>> {
    const { traceId } = connection.identity;
    const { tasks } = this.#options;
    try {
      if (verb === undefined) throw new ParleyError('invalid_request', 'There is no such request.');
      if (!limits.take(verb)) throw new ParleyError('rate_limited');
      if (given.length !== 2) throw new ParleyError('invalid_request', 'A request takes one payload.');
      const isBehind =
        connection.backlog.characters > UNREAD_MAX_CHARACTERS ||
        tasks.count(connection.identity) >= WAITING_MAX;
      if (isBehind) throw new ParleyError('rate_limited');
      const data = await tasks.run(connection.identity, () => this.#handle(connection, verb, given[0]));
      return { ok: true, data };
    } catch (error) {
      return toErrorReply(error, traceId, connection.logger.child({ verb }));
    }
  }

  async #handle(connection: ClientConnection, verb: RequestName, payload: unknown): Promise<unknown> {
    const contract = REQUESTS[verb];
    const context = contextOf(connection, verb);
    const parsed = parsePayload(contract.request, payload);
    const permission = permissionFor(verb, parsed);
    if (permission !== null && connection.session?.permissions.includes(permission) !== true)
      throw new ParleyError('forbidden');
    if (contract.phase === 'connected') connection.hold();
    // The table is typed for each verb. Which verb this is, the compiler cannot know here.
    const handler = this.#options.handlers[verb] as AnyHandler;
    const data = await handler(parsed, context);
    if (this.#options.validateOutgoing) contract.response.parse(data);
    return data;
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

/** After the reply: sends the notifications that waited for the snapshot, and closes the socket of a peer that left. */
function finish(connection: ClientConnection, verb: RequestName, ok: boolean): void {
  if (REQUESTS[verb].phase === 'connected') connection.release(ok);
  if (verb === 'room:leave' && ok) connection.close();
}
