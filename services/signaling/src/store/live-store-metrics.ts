import type { ErrorCode } from '@parley/proto/errors';
import { Counter, Histogram, type Registry } from 'prom-client';

const OPERATION_BUCKETS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** The methods of LiveRoomStore that send commands. */
export type StoreOperation =
  | 'find'
  | 'look'
  | 'findPeer'
  | 'addPeer'
  | 'changePeer'
  | 'removePeer'
  | 'promote'
  | 'leaveReasonOf'
  | 'restorePeer'
  | 'addNode'
  | 'changeSettings'
  | 'readWaiting'
  | 'changeWaiting'
  | 'listWaiting'
  | 'listExpired'
  | 'listCodes'
  | 'listHeld'
  | 'listOrphaned'
  | 'publish'
  | 'subscribe'
  | 'oldestEventAge'
  | 'assertReachable'
  | 'size';

/** Metrics of a store on another machine. */
export class LiveStoreMetrics {
  readonly #operations: Histogram<'operation' | 'outcome'>;
  readonly #conflicts: Counter;
  readonly #reconnects: Counter<'connection'>;
  readonly #overflows: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#operations = new Histogram({
      name: 'parley_signaling_store_operation_seconds',
      help: 'Operations of the live-room store',
      labelNames: ['operation', 'outcome'],
      buckets: OPERATION_BUCKETS_SECONDS,
      registers,
    });
    this.#conflicts = new Counter({
      name: 'parley_signaling_store_conflicts_total',
      help: 'Changes that were made again, because somebody else changed the same peer meanwhile',
      registers,
    });
    this.#reconnects = new Counter({
      name: 'parley_signaling_store_reconnects_total',
      help: 'Connections to the store that were lost and made again',
      labelNames: ['connection'],
      registers,
    });
    this.#overflows = new Counter({
      name: 'parley_signaling_inbox_overflows_total',
      help: 'Times that the inbox of this instance was full, so that its rooms were compared with the store',
      registers,
    });
  }

  operationDone(operation: StoreOperation, outcome: ErrorCode | 'ok', seconds: number): void {
    this.#operations.observe({ operation, outcome }, seconds);
  }

  conflicted(): void {
    this.#conflicts.inc();
  }

  inboxOverflowed(): void {
    this.#overflows.inc();
  }

  reconnected(connection: 'commands' | 'events'): void {
    this.#reconnects.inc({ connection });
  }
}
