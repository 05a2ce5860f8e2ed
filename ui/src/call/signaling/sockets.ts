import type { HandshakeAuth } from '@parley/proto/requests';
import { asFailure, CallFailure } from '../base/call-failure.ts';
import { within } from '../base/time/deadline.ts';
import type { LobbyPlace } from './lobby-place.ts';
import { SignalingConnection, type ConnectionOptions, type KnownWays } from './signaling-connection.ts';

/** A second socket is opened beside one that has not answered a ping for this long. */
const SECOND_SOCKET_AFTER_MS = 500;

/** A connection that is being opened. */
export type Dialed = { connection: SignalingConnection; opened: Promise<void> };

/** `onNotification` and `onLost` report only the socket in use: the next snapshot replaces what a former one still says. */
export type SocketsOptions = Pick<ConnectionOptions, 'origin' | 'onNotification' | 'onLost' | 'log'>;

/** The socket that a client uses, and for moments the one that may replace it. */
export class Sockets {
  readonly #options: SocketsOptions;
  #ways: KnownWays = { pollsFirst: false };
  #current: SignalingConnection | null = null;
  #next: SignalingConnection | null = null;
  #closed = false;

  constructor(options: SocketsOptions) {
    this.#options = options;
  }

  /** The socket in use; null before the first one is open. */
  get current(): SignalingConnection | null {
    return this.#current;
  }

  /** Opens a socket beside the one in use. The caller passes it to `use`, or closes it. */
  dial(auth: Promise<HandshakeAuth>, how: 'open' | 'openWebSocket' = 'open'): Dialed {
    const { origin, log, onNotification, onLost } = this.#options;
    const isInUse = (): boolean => this.#current === connection;
    const connection: SignalingConnection = new SignalingConnection({
      origin,
      log,
      ways: this.#ways,
      onNotification: (event) => isInUse() && onNotification(event),
      onLost: (reason) => isInUse() && onLost(reason),
    });
    this.#next = connection;
    const opened = this.#closed ? Promise.reject(new CallFailure('closed')) : connection[how](auth);
    opened.catch(() => undefined);
    return { connection, opened };
  }

  /** Takes over the socket of a place in the lobby, where `dial` would open a new one. */
  adopt(place: LobbyPlace): Dialed {
    const { connection, opened } = place;
    const { onNotification, onLost } = this.#options;
    const isInUse = (): boolean => this.#current === connection;
    place.listen({
      onNotification: (event) => isInUse() && onNotification(event),
      onLost: (reason) => isInUse() && onLost(reason),
    });
    this.#ways = place.ways;
    this.#next = connection;
    if (this.#closed) connection.close();
    return { connection, opened };
  }

  /** Uses this socket from now on. Does not close the former one. Rejects with CallFailure. */
  async use({ connection, opened }: Dialed): Promise<SignalingConnection> {
    try {
      await opened;
      if (!connection.connected) throw new CallFailure('network_unreachable');
    } catch (error) {
      connection.close();
      const failure = asFailure(error);
      const isDropped = failure.code === 'closed' && !this.#closed;
      throw isDropped ? new CallFailure('network_unreachable') : failure;
    }
    this.#current = connection;
    this.#next = null;
    return connection;
  }

  /**
   * Asks whether the socket in use still carries anything. If it is slow to answer, opens a second one beside it: the
   * first one that answers wins. Resolves with that second socket if the one in use is dead or slower, and with
   * `replaced` if something else has ended the one in use.
   */
  async check(auth: () => Promise<HandshakeAuth>): Promise<'answered' | 'replaced' | Dialed> {
    const current = this.#current;
    if (current === null) return 'replaced';
    const answered = current.answers();
    const isSoon = await within(SECOND_SOCKET_AFTER_MS, answered);
    if (isSoon === true) return 'answered';
    if (this.#current !== current || !current.connected) return 'replaced';
    const second = this.dial(auth());
    const isFirst = await Promise.race([
      answered,
      second.opened.then(
        () => false,
        () => answered,
      ),
    ]);
    if (!isFirst && this.#current === current && current.connected) return second;
    second.connection.close();
    return isFirst ? 'answered' : 'replaced';
  }

  /** Drops the socket that is being opened: the network that it was dialed over is gone. */
  dropNext(): void {
    this.#next?.close();
  }

  close(): void {
    this.#closed = true;
    this.#current?.close();
    this.#next?.close();
  }
}
