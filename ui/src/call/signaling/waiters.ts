import { CallFailure } from '../base/call-failure.ts';

/** Those who wait until the peer is in the room. */
export class Waiters {
  #waiting: PromiseWithResolvers<void>[] = [];

  /** Rejects with CallFailure `closed` if the client closes first. */
  wait(): Promise<void> {
    const waiter = Promise.withResolvers<void>();
    this.#waiting.push(waiter);
    return waiter.promise;
  }

  letGo(): void {
    for (const waiter of this.#take()) waiter.resolve();
  }

  close(): void {
    for (const waiter of this.#take()) waiter.reject(new CallFailure('closed'));
  }

  #take(): PromiseWithResolvers<void>[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }
}
