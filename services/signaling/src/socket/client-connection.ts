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
  /** Whether what is sent is parsed with its schema first. */
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

  /** The peer's stay, once it joined or resumed on this socket. */
  get session(): PeerSession | undefined {
    return this.#session;
  }

  /** The socket is lost or ended. */
  disconnected(): void {
    this.#closed = true;
    this.#held = undefined;
  }

  /** Closes the socket after what was sent on it. */
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

  /** From here on notifications wait, so that the reply with the snapshot comes first and nothing between is lost. */
  hold(): void {
    this.#held ??= [];
  }

  /** Who was not let in gets nothing of what waited. */
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
