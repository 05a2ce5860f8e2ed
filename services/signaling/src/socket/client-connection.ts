import { EventEmitter } from 'node:events';
import type { Logger } from '@parley/common/logging';
import { ParleyError } from '@parley/proto/errors';
import { NOTIFICATIONS, type Notification, type NotificationName } from '@parley/proto/requests';
import type { Socket } from 'socket.io';
import type { PeerIdentity } from '../peer/peer-identity.ts';
import type { EndReason, ClientLink } from '../peer/client-link.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import { EventText } from './limits/event-text.ts';
import type { Transport } from './transport.ts';

/** Of all connections: they are notified of the same. */
const EVENT_TEXT = new EventText();

type ClientConnectionOptions = {
  socket: Socket;
  transport: Transport;
  identity: PeerIdentity;
  logger: Logger;
  /** Whether each notification is parsed with its schema before it is sent. */
  validateOutgoing: boolean;
};

type Events = {
  /** The peer has joined or resumed on this socket, or waits before the door: it is no longer half open. */
  attached: [];
};

/** One socket: before its peer joined, while it is in the room, and after. */
export class ClientConnection extends EventEmitter<Events> implements ClientLink {
  readonly identity: PeerIdentity;
  readonly logger: Logger;
  batches = false;
  pages = false;
  asksToSend = false;
  readonly #socket: Socket;
  readonly #transport: Transport;
  readonly #validateOutgoing: boolean;
  #session: PeerSession | undefined;
  #waiting = false;
  /** Notifications that wait for the reply to the join or resume. */
  #held: (() => void)[] | undefined;
  /** The time to join is over. */
  #overdue = false;
  #closed = false;

  constructor(options: ClientConnectionOptions) {
    super();
    this.#socket = options.socket;
    this.#transport = options.transport;
    this.identity = options.identity;
    this.logger = options.logger;
    this.#validateOutgoing = options.validateOutgoing;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get address(): string {
    return this.identity.address;
  }

  get waiting(): boolean {
    return this.#waiting;
  }

  set waiting(waiting: boolean) {
    this.#waiting = waiting;
    if (waiting) this.emit('attached');
  }

  /** Undefined until the peer has joined or resumed on this socket. */
  get session(): PeerSession | undefined {
    return this.#session;
  }

  /** The bytes that wait until the client reads them. */
  get unread(): number {
    return this.#transport.backlog.bytes;
  }

  /** Called when the socket is lost or ended. */
  disconnected(): void {
    this.#closed = true;
    this.#held = undefined;
  }

  /** Closes the socket after the packets that were sent on it. */
  close(): void {
    if (this.#closed) return;
    this.disconnected();
    this.#socket.disconnect(true);
  }

  /** Ends the transport at once: the client sends too much. */
  cut(): void {
    this.#transport.cut('flood');
  }

  end(reason: EndReason): void {
    if (this.#closed) return;
    this.#held = undefined;
    this.notify('session:ended', { reason });
    this.close();
  }

  attach(session: PeerSession): void {
    if (this.#session !== undefined) throw new ParleyError('already_joined');
    this.#session = session;
    this.emit('attached');
  }

  notify<N extends NotificationName>(name: N, payload: Notification<N>): void {
    if (this.#closed) return;
    if (this.#held !== undefined) this.#held.push(() => this.#send(name, payload));
    else this.#send(name, payload);
  }

  /**
   * A request before the join runs from now on: notifications wait, so that the reply with the snapshot is sent first and none of them is
   * lost. Throws `closed` if the time to join is over.
   */
  hold(): void {
    if (this.#overdue) throw new ParleyError('closed');
    this.#held ??= [];
    this.#transport.busy = true;
  }

  /** The request has ended. Its reply is still to be sent. */
  settle(): void {
    this.#transport.busy = false;
  }

  /** Sends the notifications that waited, or discards them if the peer was not let in. */
  release(admitted: boolean): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    if (admitted) for (const send of held) send();
    if (this.#overdue) this.expire();
  }

  /**
   * The time to join is over. Closes a socket that has no peer in the room and does not wait before the door; if a request runs that may change that,
   * after its reply.
   */
  expire(): void {
    if (this.#session !== undefined || this.#waiting) {
      this.#overdue = false;
      return;
    }
    this.#overdue = true;
    if (!this.#transport.busy) this.close();
  }

  #send<N extends NotificationName>(name: N, payload: Notification<N>): void {
    if (this.#closed) return;
    if (this.#validateOutgoing) {
      const parsed = NOTIFICATIONS[name].safeParse(payload);
      if (!parsed.success) {
        this.logger.error({ name, err: parsed.error }, 'malformed notification not sent');
        return;
      }
    }
    this.#socket.conn.send(EVENT_TEXT.of(name, payload));
  }
}
