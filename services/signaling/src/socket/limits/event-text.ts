import type { Notification, NotificationName } from '@parley/proto/requests';

/** The types of Socket.io's packets: an event without an acknowledgement, of the namespace `/`. */
const EVENT = '2';

/**
 * Notifications as Socket.io writes them. A room is notified of one thing after the other, and everybody gets the same text: it is made once, not for
 * each of a thousand people.
 */
export class EventText {
  #name: NotificationName | undefined;
  #payload: unknown;
  #text = '';

  /** The payload must not change afterwards. */
  of<N extends NotificationName>(name: N, payload: Notification<N>): string {
    if (name !== this.#name || payload !== this.#payload) {
      this.#text = EVENT + JSON.stringify([name, payload]);
      this.#name = name;
      this.#payload = payload;
    }
    return this.#text;
  }
}
