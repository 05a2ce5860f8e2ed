import type { Notification, NotificationName } from '@parley/proto';

export type EndReason = Notification<'session:ended'>['reason'];

/** The socket as a session sees it. The socket layer implements it. Nothing is sent after the socket is lost. */
export interface ClientLink {
  /** Whether the socket is lost or ended. */
  readonly closed: boolean;
  notify<N extends NotificationName>(name: N, payload: Notification<N>): void;
  /** Sends `session:ended` and closes the socket. */
  end(reason: EndReason): void;
}
