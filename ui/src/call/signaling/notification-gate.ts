import type { NotificationEvent } from './signaling-connection.ts';

/**
 * What arrives before its snapshot waits for it: records in it may be newer than the snapshot, and to what it refers
 * may only be known after.
 */
export class NotificationGate {
  readonly #pass: (event: NotificationEvent) => void;
  #waiting: NotificationEvent[] | null = [];

  constructor(pass: (event: NotificationEvent) => void) {
    this.#pass = pass;
  }

  /** A new socket: its snapshot is still to come. What waited belongs to the old one, whose state the snapshot replaces. */
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
