import type { Logger } from '@parley/common/logging';
import { ParleyError, NOTIFICATIONS, type Notification, type NotificationName } from '@parley/proto';
import type { Socket } from 'socket.io';
import type { Identity } from '../peer/identity.ts';
import type { EndReason, ClientLink } from '../peer/client-link.ts';
import type { PeerSession } from '../peer/peer-session.ts';
import type { Backlog } from './backlog.ts';

type ClientConnectionOptions = {
  socket: Socket;
  backlog: Backlog;
  identity: Identity;
  logger: Logger;
  /** Whether each notification is parsed with its schema before it is sent. */
  validateOutgoing: boolean;
};

/** One socket: before its peer joined, while it is in the room, and after. */
export class ClientConnection implements ClientLink {
  readonly identity: Identity;
  readonly logger: Logger;
  readonly backlog: Backlog;
  readonly #socket: Socket;
  readonly #validateOutgoing: boolean;
  #session: PeerSession | undefined;
  /** Notifications that wait for the reply to the join or resume. */
  #held: (() => void)[] | undefined;
  #closed = false;

  constructor(options: ClientConnectionOptions) {
    this.#socket = options.socket;
    this.backlog = options.backlog;
    this.identity = options.identity;
    this.logger = options.logger;
    this.#validateOutgoing = options.validateOutgoing;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Undefined until the peer has joined or resumed on this socket. */
  get session(): PeerSession | undefined {
    return this.#session;
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

  end(reason: EndReason): void {
    if (this.#closed) return;
    this.#held = undefined;
    this.notify('session:ended', { reason });
    this.close();
  }

  attach(session: PeerSession): void {
    if (this.#session !== undefined) throw new ParleyError('already_joined');
    this.#session = session;
  }

  notify<N extends NotificationName>(name: N, payload: Notification<N>): void {
    if (this.#closed) return;
    if (this.#held !== undefined) this.#held.push(() => this.#send(name, payload));
    else this.#send(name, payload);
  }

  /** From now on notifications wait, so that the reply with the snapshot is sent first and none of them is lost. */
  hold(): void {
    this.#held ??= [];
  }

  /** Sends the notifications that waited, or discards them if the peer was not let in. */
  release(admitted: boolean): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    if (admitted) for (const send of held) send();
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
    this.#socket.emit(name, payload);
  }
}
