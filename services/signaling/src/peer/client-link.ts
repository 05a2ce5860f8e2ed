import type { Notification, NotificationName } from '@parley/proto';

export type EndReason = Notification<'session:ended'>['reason'];

/** Where a peer's notifications go. The socket layer implements it; what is sent after the socket is lost is dropped. */
export interface ClientLink {
  readonly closed: boolean;
  notify<N extends NotificationName>(name: N, payload: Notification<N>): void;
  /** Tells why and closes the socket. */
  end(reason: EndReason): void;
}
