import { KeyedQueue } from '@parley/common/async';
import type { Logger } from '@parley/common/logging';
import type { PeerId, RoomCode } from '@parley/proto/ids';
import { isPeerGone } from '../store/peer-rules.ts';

/** Names a peer on this instance. */
export function keyOfPeer({ code, peerId }: Peer): string {
  return `${code}/${peerId}`;
}

type Peer = { readonly code: RoomCode; readonly peerId: PeerId };
type LoggedPeer = Peer & { readonly logger: Logger };

/** Between two attempts of a task that must be done. */
const REPEAT_MS = 1_000;

/** Runs all tasks of a peer one after the other: those of its requests, of events and of timers. */
export class PeerTasks {
  readonly #queue = new KeyedQueue();

  /** Peers with a task that runs or waits. */
  get size(): number {
    return this.#queue.size;
  }

  /** How many tasks of this peer run or wait. */
  count(peer: Peer): number {
    return this.#queue.tasks(keyOfPeer(peer));
  }

  /** Resolves or rejects with the result of the task. */
  run<T>(peer: Peer, task: () => T | Promise<T>): Promise<T> {
    return this.#queue.run(keyOfPeer(peer), task);
  }

  /** For a task without a caller that waits. A failure is logged, except for a peer that is gone by then. */
  start(peer: LoggedPeer, task: () => Promise<unknown>): void {
    this.#start(peer, task);
  }

  /** The same for a task that may be repeated: after a failure it runs again, for as long as it is needed. */
  startUntilDone(peer: LoggedPeer, task: () => Promise<unknown>, isNeeded: () => boolean): void {
    this.#start(peer, task, () => {
      const again = (): void => {
        if (isNeeded()) this.startUntilDone(peer, task, isNeeded);
      };
      setTimeout(again, REPEAT_MS).unref();
    });
  }

  #start(peer: LoggedPeer, task: () => Promise<unknown>, onFailed?: () => void): void {
    this.run(peer, task).catch((error: unknown) => {
      if (isPeerGone(error)) return;
      peer.logger.warn({ err: error }, 'peer not brought up to date');
      onFailed?.();
    });
  }
}
