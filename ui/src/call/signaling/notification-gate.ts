import type { NotificationEvent } from './signaling-connection.ts';

/**
 * Keeps the notifications that arrive before the snapshot: their records may be newer than the snapshot, and they may
 * refer to things that only the snapshot makes known.
 */
export class NotificationGate {
  readonly #pass: (event: NotificationEvent) => void;
  #waiting: NotificationEvent[] | null = [];

  constructor(pass: (event: NotificationEvent) => void) {
    this.#pass = pass;
  }

  /** For a new socket, whose snapshot is still to come. Drops the notifications of the old socket: the snapshot replaces their state. */
  shut(): void {
    this.#waiting = [];
  }

  /** The snapshot is applied. */
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
