import {
  PROTOCOL_VERSION,
  type HandshakeAuth,
  type Notification,
  type RequestInput,
  type RequestName,
  type RequestResult,
  type Snapshot,
} from '@parley/proto/requests';
import type { Goodbye } from '@parley/proto/room';
import { backoffMs, returnPauseMs } from '../base/time/backoff.ts';
import { asFailure, CallFailure } from '../base/call-failure.ts';
import { pause, within } from '../base/time/deadline.ts';
import { Entrance, isPassing, TAKES } from './entrance.ts';
import { sayGoodbye } from './goodbye.ts';
import { NotificationGate } from './notification-gate.ts';
import type { SignalingClientOptions } from './signaling-client-options.ts';
import type { NotificationEvent, SignalingConnection } from './signaling-connection.ts';
import { Sockets, type Dialed } from './sockets.ts';
import { Waiters } from './waiters.ts';
import { WebSocketRetry } from './web-socket-retry.ts';

/** A failed join is repeated for this long. A server that is being replaced is back by then. */
const JOIN_PATIENCE_MS = 8_000;
/** Somebody who waits before the door goes on waiting while the server or the network is away for this long. */
const WAITING_PATIENCE_MS = 120_000;
/** The place of the old peer is taken by others. */
const PLACE_TAKEN: readonly CallFailure['code'][] = ['room_full', 'address_limited'];

/** An answer takes longer than this only on a poor network or a dead socket. */
const UNANSWERED_MS = 2_000;

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
  'ended-by-operator': 'session_ended_by_operator',
  moved: 'session_moved',
};

/** The codes with which a resume is refused if the peer was ended in one of these ways while this client had no socket. */
const ENDED: ReadonlySet<CallFailure['code']> = new Set(Object.values(END_FAILURES));

/**
 * Connects one peer to signaling: joins by its `Entrance`, resumes after a lost socket, and rejoins as a new peer if the old peer cannot
 * be resumed. Owns its sockets.
 */
export class SignalingClient {
  readonly #options: SignalingClientOptions;
  readonly #sockets: Sockets;
  readonly #entrance: Entrance;
  #checking: Promise<boolean> | null = null;
  readonly #webSocketRetry: WebSocketRetry;
  readonly #gate: NotificationGate;
  #resumeSecret: string | null = null;
  #joined = false;
  #closed = false;
  readonly #waiters = new Waiters();
  /** Resolve it to end the pause before the next attempt. */
  #wake: PromiseWithResolvers<void> = Promise.withResolvers();

  constructor(options: SignalingClientOptions) {
    this.#options = options;
    this.#resumeSecret = options.resumeSecret;
    this.#gate = new NotificationGate((event) => this.#handle(event));
    this.#sockets = new Sockets({
      origin: options.origin,
      log: options.log,
      onNotification: (event) => this.#receive(event),
      onLost: (reason) => this.#handleLost(reason),
    });
    this.#entrance = new Entrance(options, this.#sockets);
    this.#webSocketRetry = new WebSocketRetry({
      sockets: this.#sockets,
      auth: () => (this.#resumeSecret === null ? null : this.#resumeAuth(this.#resumeSecret)),
      onOpened: (second) => this.#moveTo(second),
    });
  }

  /** Whether the peer is in the room and its socket is open. */
  get joined(): boolean {
    return this.#joined;
  }

  /**
   * The first join, or the return to the peer of `resumeSecret`. Rejects with CallFailure: with `resume_rejected` if that peer is gone, or with why somebody ended it. After
   * that, `onLost` reports each lost socket, and the client reconnects by itself.
   */
  async join(): Promise<void> {
    let patientUntil = Date.now() + JOIN_PATIENCE_MS;
    for (let attempt = 0; !this.#closed; attempt += 1) {
      try {
        return await this.#enterOnce();
      } catch (error) {
        const failure = asFailure(error);
        if (this.#closed) throw failure;
        const next = await this.#entrance.next(failure);
        if (next === 'after-wait') patientUntil = Date.now() + WAITING_PATIENCE_MS;
        if (next === 'anew') {
          patientUntil = Date.now() + JOIN_PATIENCE_MS;
          attempt = -1;
          continue;
        }
        if (this.#closed || !isPassing(failure) || Date.now() >= patientUntil) throw failure;
        this.#options.log('warn', 'join attempt failed', { attempt, code: failure.code });
      }
      await this.#pause(backoffMs(attempt));
    }
    throw new CallFailure('closed');
  }

  /** The person wants to join, although they are in the room with another device. */
  goOn(): void {
    this.#entrance.consent();
  }

  /** Rejects with CallFailure. While the socket is lost, rejects at once with `network_unreachable`. */
  request<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestResult<N>> {
    const { current } = this.#sockets;
    if (!this.#joined || current === null) return Promise.reject(new CallFailure('network_unreachable'));
    const answer = current.request(name, input);
    const late = setTimeout(() => void this.check(), UNANSWERED_MS);
    const settled = (): void => clearTimeout(late);
    answer.then(settled, settled);
    return answer;
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
   * Asks whether the socket still carries anything: the path that it used may be gone without a word. If it is slow to
   * answer, a second socket is opened beside it, and the first one that answers is used. Resolves with whether the
   * socket in use has answered. While it is lost, ends the pause before the next attempt.
   */
  check(): Promise<boolean> {
    this.#wake.resolve();
    if (!this.#joined || this.#resumeSecret === null) return Promise.resolve(false);
    this.#checking ??= this.#checkOnce(this.#resumeSecret).finally(() => (this.#checking = null));
    return this.#checking;
  }

  /** Called when the network is back or has changed. What was dialed over the old network is dropped. */
  networkChanged(): void {
    if (!this.#joined && this.#entrance.wasInside) this.#sockets.dropNext();
    void this.check();
  }

  /** Sends `room:leave` in the same task, then closes. */
  leave(): void {
    this.#closeWith('room:leave');
  }

  /** Closes, and notifies the server in the same task that the next page of this tab may continue the peer. */
  suspend(): void {
    this.#closeWith('room:suspend');
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#joined = false;
    this.#entrance.close();
    this.#sockets.close();
    this.#webSocketRetry.close();
    this.#wake.resolve();
    this.#waiters.close();
  }

  /** Over the socket, which is faster, and by a request that needs no socket and outlives the page. */
  #closeWith(verb: Goodbye): void {
    if (this.#closed) return;
    if (this.#joined) this.#sockets.current?.closeWith(verb);
    if (this.#resumeSecret !== null) sayGoodbye(this.#options, verb, this.#resumeSecret);
    this.close();
  }

  #enterOnce(): Promise<void> {
    return this.#resumeSecret === null ? this.#joinOnce() : this.#resume(this.#resumeSecret, null);
  }

  async #joinOnce(): Promise<void> {
    this.#resumeSecret = null;
    this.#gate.shut();
    const reply = await this.#entrance.enter();
    if (this.#closed) throw new CallFailure('closed');
    this.#enter(reply.snapshot, () => this.#options.onJoined(reply));
  }

  /** @param second A socket that was opened beside the one in use; null: opens one. */
  async #resume(resumeSecret: string, second: Dialed | null): Promise<void> {
    this.#gate.shut();
    const sockets = this.#sockets;
    const former = sockets.current;
    try {
      const connection = await sockets.use(second ?? sockets.dial(this.#resumeAuth(resumeSecret)));
      const { snapshot, mediaKept } = await connection.request('room:resume', {
        protocol: PROTOCOL_VERSION,
        ...TAKES,
      });
      await closeAfterUse(former);
      if (this.#closed) throw new CallFailure('closed');
      this.#enter(snapshot, () => this.#options.onResumed(snapshot, mediaKept));
    } finally {
      former?.close();
    }
  }

  #resumeAuth(resumeSecret: string): Promise<HandshakeAuth> {
    const traceId = this.#options.traceId();
    return Promise.resolve(traceId === null ? { resumeSecret } : { resumeSecret, traceId });
  }

  async #checkOnce(resumeSecret: string): Promise<boolean> {
    const verdict = await this.#sockets.check(() => this.#resumeAuth(resumeSecret));
    if (verdict === 'answered') return true;
    if (verdict !== 'replaced') this.#handleLost('no answer to a ping', verdict);
    return false;
  }

  /** The call goes on as before, so nothing is said of it. */
  #moveTo(second: Dialed): boolean {
    if (!this.#joined || this.#checking !== null) return false;
    this.#joined = false;
    void this.#reconnect(second);
    return true;
  }

  #enter(snapshot: Snapshot, report: () => void): void {
    this.#entrance.entered();
    this.#resumeSecret = snapshot.resumeSecret;
    this.#options.onSecret(snapshot.resumeSecret);
    this.#joined = true;
    report();
    this.#gate.open();
    this.#webSocketRetry.start();
    this.#waiters.letGo();
  }

  #receive(event: NotificationEvent): void {
    if (!this.#entrance.take(event)) this.#gate.take(event);
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

  /** @param second A socket that was opened beside the lost one. */
  #handleLost(reason: string, second: Dialed | null = null): void {
    if (this.#closed) return;
    this.#entrance.socketLost();
    // Another attempt to come back is under way.
    if (!this.#joined) return second?.connection.close();
    this.#joined = false;
    this.#options.log('warn', 'signaling lost', { reason });
    this.#options.onLost();
    void this.#reconnect(second);
  }

  async #reconnect(second: Dialed | null): Promise<void> {
    for (let attempt = 0; !this.#closed; attempt += 1) {
      const opened = attempt === 0 ? second : null;
      if (opened === null) await this.#pause(returnPauseMs(attempt));
      if (this.#closed) return;
      try {
        return await this.#enterAgain(opened);
      } catch (error) {
        const failure = asFailure(error);
        this.#options.log('warn', 'reconnect attempt failed', { attempt, code: failure.code });
        if (this.#closed) return;
        if (!failure.retryable || this.#isPlaceTaken(failure)) return this.#fail(failure);
        if (failure.retryAfterMs !== undefined) await this.#pause(failure.retryAfterMs);
      }
    }
  }

  /** Resumes, or joins as a new peer if the server has released the old one. Then the place of the old peer may be taken. */
  async #enterAgain(opened: Dialed | null): Promise<void> {
    if (this.#resumeSecret !== null) {
      try {
        return await this.#resume(this.#resumeSecret, opened);
      } catch (error) {
        const failure = asFailure(error);
        if (this.#closed || failure.retryable || ENDED.has(failure.code)) throw error;
        this.#options.log('warn', 'not resumed', { code: failure.code });
      }
    }
    await this.#joinOnce();
  }

  /** A resume needs no place. */
  #isPlaceTaken({ code }: CallFailure): boolean {
    return this.#resumeSecret === null && PLACE_TAKEN.includes(code);
  }

  async #pause(ms: number): Promise<void> {
    this.#wake = Promise.withResolvers();
    await within(ms, this.#wake.promise);
  }

  #whenJoined(): Promise<void> {
    if (this.#closed) return Promise.reject(new CallFailure('closed'));
    if (this.#joined) return Promise.resolve();
    return this.#waiters.wait();
  }

  #fail(failure: CallFailure): void {
    if (this.#closed) return;
    this.close();
    this.#options.onFailed(failure);
  }
}

/**
 * Called when the server has the peer on another socket: before, the others would be notified that it is lost. Resolves when the requests
 * that were under way here have failed, because whoever repeats them does so after a resume.
 */
async function closeAfterUse(former: SignalingConnection | null): Promise<void> {
  if (former?.connected !== true) return;
  former.close();
  await pause(0);
}
