import type { Notification, NotificationName } from '@parley/proto/requests';

export type EndReason = Notification<'session:ended'>['reason'];

/**
 * The socket as a session uses it. The socket layer implements it. After the socket is lost, `notify` sends nothing.
 */
export interface ClientLink {
  /** Whether the socket is lost or ended. */
  readonly closed: boolean;
  /** The client's address. Not for the store, nor for logs. */
  readonly address: string;
  /** Whether the person waits before the door. The socket then lasts without a session. */
  waiting: boolean;
  /** Whether the client takes `peers:changed`. */
  batches: boolean;
  /** Whether the client takes a snapshot with a part of a crowd. */
  pages: boolean;
  /** Whether the client asks for the transport to send on when its role may send something again. Others always have one. */
  asksToSend: boolean;
  notify<N extends NotificationName>(name: N, payload: Notification<N>): void;
  /** Sends `session:ended` and closes the socket. */
  end(reason: EndReason): void;
}
