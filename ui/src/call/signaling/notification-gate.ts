import type { NotificationEvent } from './signaling-connection.ts';

/**
 * Holds back the notifications that arrive before the snapshot. They may refer to records that only the snapshot
 * contains, and they may be newer than the snapshot.
 */
export class NotificationGate {
  readonly #pass: (event: NotificationEvent) => void;
  #waiting: NotificationEvent[] | null = [];

  constructor(pass: (event: NotificationEvent) => void) {
    this.#pass = pass;
  }

  /**
   * Called for a new socket, before its snapshot. Drops the notifications of the old socket, because the snapshot
   * replaces their state.
   */
  shut(): void {
    this.#waiting = [];
  }

  /** Called when the snapshot is applied. Passes on the notifications that were held back. */
  open(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const event of waiting) this.#pass(event);
  }

  take(event: NotificationEvent): void {
    if (this.#waiting === null) this.#pass(event);
    else this.#waiting.push(event);
  }
}
