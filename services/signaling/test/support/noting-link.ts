import type { Notification, NotificationName } from '@parley/proto/requests';
import type { ClientLink, EndReason } from '../../src/peer/client-link.ts';

/** A socket that notes what its client is notified of, and why it ends. */
export class NotingLink implements ClientLink {
  readonly address = '192.0.2.7';
  readonly notified: { name: NotificationName; payload: unknown }[] = [];
  readonly ended: EndReason[] = [];
  waiting = false;
  batches = false;
  pages = false;
  asksToSend = false;

  get closed(): boolean {
    return this.ended.length > 0;
  }

  get names(): NotificationName[] {
    return this.notified.map(({ name }) => name);
  }

  notify<N extends NotificationName>(name: N, payload: Notification<N>): void {
    this.notified.push({ name, payload });
  }

  end(reason: EndReason): void {
    this.ended.push(reason);
  }
}
