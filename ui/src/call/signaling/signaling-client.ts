import {
  PROTOCOL_VERSION,
  type HandshakeAuth,
  type Notification,
  type RequestInput,
  type RequestName,
  type RequestResult,
  type RoomCode,
  type RtpCapabilities,
  type Snapshot,
  type TraceId,
} from '@parley/proto';
import { backoffMs } from '../base/backoff.ts';
import { asFailure, CallFailure } from '../base/call-failure.ts';
import { within } from '../base/deadline.ts';
import type { ClientLog } from '../base/log.ts';
import { NotificationGate } from './notification-gate.ts';
import type { RestClient } from '../base/rest-client.ts';
import { SignalingConnection, type NotificationEvent } from './signaling-connection.ts';

/** A failed join is repeated for this long. A server that is being replaced is back by then. */
const JOIN_PATIENCE_MS = 8_000;
const PASSING: readonly CallFailure['code'][] = [
  'network_unreachable',
  'unavailable',
  'media_unavailable',
  // Very many people join in the same moment.
  'room_busy',
];
/** The place of the old peer is taken by others. */
const PLACE_TAKEN: readonly CallFailure['code'][] = ['room_full', 'address_limited'];

type EndReason = Notification<'session:ended'>['reason'];

/** The ends after which this client does not come back by itself. */
const END_FAILURES: Partial<Record<EndReason, CallFailure['code']>> = {
  'taken-over': 'session_taken_over',
  'secret-reused': 'session_copied',
  unreachable: 'network_unreachable',
  'over-limit': 'over_limit',
  removed: 'session_removed',
  banned: 'session_banned',
  'call-ended': 'session_call_ended',
  moved: 'session_moved',
};

export type JoinReply = RequestResult<'room:join'>;

export type SignalingClientOptions = {
  origin: string;
  rest: RestClient;
  roomCode: RoomCode;
  traceId: () => TraceId | null;
  /** The present name. The name may change during the call, and a rejoin must use the new one. */
  displayName: () => string;
  rtpCapabilities: () => Promise<RtpCapabilities>;
  /** The gateway has admitted the peer. The join on the socket follows. */
  onAdmitted: (reportMetrics: boolean) => void;
  /** The person waits before the door until a host admits them. */
  onWaiting: () => void;
  /** A new peer with new transports: the first join, or a rejoin after the server released the old peer. */
  onJoined: (reply: JoinReply) => void;
  onResumed: (snapshot: Snapshot, mediaKept: boolean) => void;
  onLost: () => void;
  onNotification: (event: NotificationEvent) => void;
  /** The call failed, and this client does not reconnect. */
  onFailed: (failure: CallFailure) => void;
  log: ClientLog;
};

/**
 * Connects one peer to signaling: joins, resumes after a lost socket, and rejoins as a new peer if the old peer cannot
 * be resumed. Owns one `SignalingConnection`.
 */
export class SignalingClient {
  readonly #options: SignalingClientOptions;
  readonly #connection: SignalingConnection;
  readonly #gate: NotificationGate;
  #resumeSecret: string | null = null;
  #joined = false;
  #closed = false;
  /** Resolves when a host admits the person. */
  #door: PromiseWithResolvers<void> | null = null;
  #waiters: { resolve: () => void; reject: (failure: CallFailure) => void }[] = [];
  /** Resolve it to end the pause before the next attempt. */
  #wake: PromiseWithResolvers<void> = Promise.withResolvers();

  constructor(options: SignalingClientOptions) {
    this.#options = options;
    this.#gate = new NotificationGate((event) => this.#handle(event));
    this.#connection = new SignalingConnection({
      origin: options.origin,
      log: options.log,
      onNotification: (event) => this.#receive(event),
      onLost: (reason) => this.#handleLost(reason),
    });
  }

  /** Whether the peer is in the room and its socket is open. */
  get joined(): boolean {
    return this.#joined;
  }

  /** The first join. Rejects with CallFailure. After that, `onLost` reports each lost socket, and the client reconnects by itself. */
  async join(): Promise<void> {
    let patientUntil = Date.now() + JOIN_PATIENCE_MS;
    for (let attempt = 0; !this.#closed; attempt += 1) {
      try {
        return await this.#joinOnce();
      } catch (error) {
        const failure = asFailure(error);
        // The wait before the door does not count.
        if (this.#door !== null) patientUntil = Date.now() + JOIN_PATIENCE_MS;
        this.#door = null;
        if (this.#closed || !PASSING.includes(failure.code) || Date.now() >= patientUntil) throw failure;
        this.#options.log('warn', 'join attempt failed', { attempt, code: failure.code });
      }
      await this.#pause(backoffMs(attempt));
    }
    throw new CallFailure('closed');
  }

  /** Rejects with CallFailure. While the socket is lost, rejects at once with `network_unreachable`. */
  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestResult<N>> {
    if (!this.#joined) return Promise.reject(new CallFailure('network_unreachable'));
    return this.#connection.request(name, input);
  }

  /**
   * Sends an idempotent request, and repeats it after each lost socket while `needed` returns true. Rejects with
   * CallFailure: `closed` if the request is no longer needed or this client closes, otherwise the failure of the
   * request.
   */
  async requestUntilDone<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    needed: () => boolean,
  ): Promise<RequestResult<N>> {
    for (;;) {
      await this.#whenJoined();
      if (!needed()) throw new CallFailure('closed');
      try {
        return await this.request(name, input);
      } catch (error) {
        const failure = asFailure(error);
        // Repeat the request only if its socket was lost, and not if the server refused the request.
        const lost = failure.code === 'network_unreachable' || failure.code === 'timeout';
        if (!lost || this.#joined || !needed()) throw failure;
      }
    }
  }

  /**
   * Called when the network is back or has changed. Ends the pause before the next attempt. Checks an open socket: the path
   * that it used may be gone without a word.
   */
  networkChanged(): void {
    this.#wake.resolve();
    if (this.#joined) void this.#connection.check();
  }

  /** Sends `room:leave` in the same task, then closes. */
  leave(): void {
    if (this.#joined) this.#connection.leaveAndClose();
    this.close();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#joined = false;
    this.#connection.close();
    this.#door?.reject(new CallFailure('closed'));
    this.#wake.resolve();
    this.#settle((waiter) => waiter.reject(new CallFailure('closed')));
  }

  async #joinOnce(): Promise<void> {
    this.#resumeSecret = null;
    this.#gate.shut();
    await this.#connection.open(this.#fetchToken());
    const rtpCapabilities = await this.#options.rtpCapabilities();
    const reply = await this.#enterThroughDoor(rtpCapabilities);
    if (this.#closed) throw new CallFailure('closed');
    this.#enter(reply.snapshot, () => this.#options.onJoined(reply));
  }

  /** Joins; if a host has to admit the person first, waits before the door for as long as the socket lasts. */
  async #enterThroughDoor(rtpCapabilities: RtpCapabilities): Promise<JoinReply> {
    const join = { protocol: PROTOCOL_VERSION, rtpCapabilities } as const;
    try {
      return await this.#connection.request('room:join', join);
    } catch (error) {
      if (asFailure(error).code !== 'not_admitted') throw error;
    }
    this.#door = Promise.withResolvers();
    // A decision that comes when nobody awaits it any more is no fault.
    this.#door.promise.catch(() => undefined);
    const { status } = await this.#connection.request('room:knock', { protocol: PROTOCOL_VERSION });
    if (status === 'waiting') {
      this.#options.onWaiting();
      await this.#door.promise;
    }
    return this.#connection.request('room:join', join);
  }

  async #resume(resumeSecret: string): Promise<void> {
    this.#gate.shut();
    const traceId = this.#options.traceId();
    const auth: HandshakeAuth = traceId === null ? { resumeSecret } : { resumeSecret, traceId };
    await this.#connection.open(Promise.resolve(auth));
    const { snapshot, mediaKept } = await this.#connection.request('room:resume', {
      protocol: PROTOCOL_VERSION,
    });
    if (this.#closed) throw new CallFailure('closed');
    this.#enter(snapshot, () => this.#options.onResumed(snapshot, mediaKept));
  }

  #enter(snapshot: Snapshot, report: () => void): void {
    this.#resumeSecret = snapshot.resumeSecret;
    this.#joined = true;
    report();
    this.#gate.open();
    this.#settle((waiter) => waiter.resolve());
  }

  async #fetchToken(): Promise<HandshakeAuth> {
    const { roomCode, displayName, rest } = this.#options;
    const { token, reportMetrics } = await rest.call('joinRoom', {
      params: { code: roomCode },
      body: { displayName: displayName() },
    });
    this.#options.onAdmitted(reportMetrics);
    return { token };
  }

  /** What concerns the door comes before the snapshot, and does not wait for it. */
  #receive(event: NotificationEvent): void {
    if (event.name === 'door:admitted') this.#door?.resolve();
    else if (event.name === 'door:denied')
      this.#door?.reject(new CallFailure(event.payload.blocked ? 'session_banned' : 'denied'));
    else this.#gate.take(event);
  }

  #handle(event: NotificationEvent): void {
    if (this.#closed) return;
    if (event.name === 'session:ended') this.#handleEnded(event.payload.reason);
    else this.#options.onNotification(event);
  }

  #handleEnded(reason: EndReason): void {
    const failure = END_FAILURES[reason];
    if (failure !== undefined) return this.#fail(new CallFailure(failure));
    if (reason === 'timed-out') this.#resumeSecret = null;
    // The server closes the socket next, and `#handleLost` reconnects.
  }

  #handleLost(reason: string): void {
    if (this.#closed) return;
    this.#door?.reject(new CallFailure('network_unreachable'));
    if (!this.#joined) return;
    this.#joined = false;
    this.#options.log('warn', 'signaling lost', { reason });
    this.#options.onLost();
    void this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    for (let attempt = 0; !this.#closed; attempt += 1) {
      await this.#pause(backoffMs(attempt));
      if (this.#closed) return;
      try {
        if (this.#resumeSecret === null) await this.#joinOnce();
        else await this.#resume(this.#resumeSecret);
        return;
      } catch (error) {
        const failure = asFailure(error);
        this.#options.log('warn', 'reconnect attempt failed', { attempt, code: failure.code });
        if (this.#closed) return;
        const isLost = PLACE_TAKEN.includes(failure.code) && this.#resumeSecret === null;
        if (failure.retryable && !isLost) continue;
        if (this.#resumeSecret === null) return this.#fail(failure);
        // The server has released the old peer. Join as a new peer.
        this.#resumeSecret = null;
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    this.#wake = Promise.withResolvers();
    await within(ms, this.#wake.promise);
  }

  #whenJoined(): Promise<void> {
    if (this.#closed) return Promise.reject(new CallFailure('closed'));
    if (this.#joined) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  #settle(how: (waiter: { resolve: () => void; reject: (failure: CallFailure) => void }) => void): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) how(waiter);
  }

  #fail(failure: CallFailure): void {
    if (this.#closed) return;
    this.close();
    this.#options.onFailed(failure);
  }
}
