import type { Logger } from '@parley/common';
import { ParleyError, NOTIFICATIONS, type Notification, type NotificationName } from '@parley/proto';
import type { Socket } from 'socket.io';
import type { Identity } from '../auth/identity.ts';
import type { EndReason, Outlet } from '../calls/outlet.ts';
import type { PeerSession } from '../calls/peer-session.ts';

/** No client that reads comes near: the record of a full room is a tenth of it. */
const BACKLOG_MAX_CHARACTERS = 4_000_000;

type ClientConnectionOptions = {
  socket: Socket;
  identity: Identity;
  logger: Logger;
  /** Whether what is sent is parsed with its schema first. */
  validateOutgoing: boolean;
};

/** One socket: before its peer joined, while it is in the room, and after. */
export class ClientConnection implements Outlet {
  readonly identity: Identity;
  readonly logger: Logger;
  readonly #socket: Socket;
  readonly #validateOutgoing: boolean;
  #session: PeerSession | undefined;
  #held: (() => void)[] | undefined;
  #closed = false;
  #backlog = 0;

  constructor(options: ClientConnectionOptions) {
    this.#socket = options.socket;
    this.identity = options.identity;
    this.logger = options.logger;
    this.#validateOutgoing = options.validateOutgoing;
    const { conn } = options.socket;
    conn.on('packetCreate', ({ data }: { data?: unknown }) => {
      if (typeof data === 'string') this.#backlog += data.length;
    });
    // Everything that waits goes out at once, when the client has taken what went before.
    conn.on('flush', () => (this.#backlog = 0));
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The peer's stay, once it joined or resumed on this socket. */
  get session(): PeerSession | undefined {
    return this.#session;
  }

  /** What was sent and waits for the client to read it, in characters. */
  get backlog(): number {
    return this.#backlog;
  }

  /** Ends a client that goes on asking and does not read: what it is told would pile up here. */
  closeIfStuck(): void {
    if (this.#closed || this.#backlog <= BACKLOG_MAX_CHARACTERS) return;
    this.logger.warn('socket does not read');
    this.disconnected();
    // Not `disconnect`, which waits for what is sent to be read.
    this.#socket.conn.close(true);
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
    this.closeIfStuck();
  }
}
