import { EventEmitter, once } from 'node:events';
import { backoffMs, type BackoffLimits } from '@parley/common/async';
import { ParleyError } from '@parley/proto/errors';
import type { WorkerDeathCause } from './death-cause.ts';
import { MediaWorker, type MediaWorkerOptions } from './media-worker.ts';

export type WorkerPoolOptions = Omit<MediaWorkerOptions, 'index' | 'rtcPort'> & {
  count: number;
  /** Worker n listens on this port + n, UDP and TCP. */
  rtcPortBase: number;
};

type WorkerPoolEvents = {
  'worker-died': [worker: MediaWorker, cause: WorkerDeathCause];
  'worker-started': [worker: MediaWorker];
};

/** A worker that has run for so long starts a new count of failures when it dies. */
const STABLE_AFTER_MS = 30_000;
const BACKOFF: BackoffLimits = { firstMs: 250, maxMs: 10_000 };

type Slot = {
  worker: MediaWorker | undefined;
  failures: number;
  startedAtMs: number;
  timer?: NodeJS.Timeout;
};

/** The workers of the node, one per slot. A worker that dies is replaced: at once the first time, then with backoff. */
export class WorkerPool extends EventEmitter<WorkerPoolEvents> {
  readonly #options: WorkerPoolOptions;
  readonly #slots: Slot[];
  readonly #ending = new Set<Promise<void>>();
  #closed = false;

  /** Rejects if one of the workers cannot start; no worker runs then. */
  static async create(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    const starts = await Promise.allSettled(pool.#slots.map((_, index) => pool.#start(index)));
    const failed = starts.find((start) => start.status === 'rejected');
    if (!failed) return pool;
    pool.close();
    await pool.whenEnded();
    throw failed.reason;
  }

  private constructor(options: WorkerPoolOptions) {
    super();
    this.#options = options;
    this.#slots = Array.from({ length: options.count }, () => ({
      worker: undefined,
      failures: 0,
      startedAtMs: 0,
    }));
  }

  /** The workers that run now. */
  get workers(): MediaWorker[] {
    return this.#slots.flatMap((slot) => slot.worker ?? []);
  }

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const slot of this.#slots) {
      clearTimeout(slot.timer);
      slot.worker?.close();
      slot.worker = undefined;
    }
    this.removeAllListeners();
  }

  /** Resolves when no process of the pool runs any more. */
  async whenEnded(): Promise<void> {
    await Promise.all(this.#ending);
  }

  /** Resolves to true as soon as a worker is healthy, to false if none is within `timeoutMs`. */
  async whenHealthy(timeoutMs: number): Promise<boolean> {
    const isHealthy = () => this.workers.some((worker) => worker.healthy);
    if (isHealthy() || this.#closed) return isHealthy();
    await once(this, 'worker-started', { signal: AbortSignal.timeout(timeoutMs) }).catch(() => undefined);
    return isHealthy();
  }

  async #start(index: number): Promise<void> {
    const { count: _count, rtcPortBase, ...options } = this.#options;
    const worker = await MediaWorker.create({ ...options, index, rtcPort: rtcPortBase + index });
    this.#track(worker);
    if (this.#closed) {
      worker.close();
      throw new ParleyError('closed');
    }
    const slot = this.#slot(index);
    slot.worker = worker;
    slot.startedAtMs = performance.now();
    this.#handleWorker(worker);
    this.#count();
    options.logger.info({ worker: index, workerPid: worker.pid, rtcPort: worker.rtcPort }, 'worker started');
    this.emit('worker-started', worker);
  }

  #track(worker: MediaWorker): void {
    const ended = worker.whenEnded();
    this.#ending.add(ended);
    void ended.then(() => this.#ending.delete(ended));
  }

  #handleWorker(worker: MediaWorker): void {
    worker.on('health-changed', () => this.#count());
    worker.once('died', (cause) => {
      const slot = this.#slot(worker.index);
      slot.worker = undefined;
      if (performance.now() - slot.startedAtMs > STABLE_AFTER_MS) slot.failures = 0;
      this.#options.metrics.workerDied(cause);
      this.#options.logger.error({ worker: worker.index, workerPid: worker.pid, cause }, 'worker died');
      this.#count();
      this.#replace(worker.index);
      this.emit('worker-died', worker, cause);
    });
  }

  #replace(index: number): void {
    const slot = this.#slot(index);
    const delayMs = slot.failures === 0 ? 0 : backoffMs(slot.failures, BACKOFF);
    slot.failures++;
    slot.timer = setTimeout(() => {
      this.#start(index).catch((error: unknown) => {
        if (this.#closed) return;
        this.#options.logger.error({ worker: index, err: error }, 'worker could not be replaced');
        this.#replace(index);
      });
    }, delayMs);
  }

  #count(): void {
    const healthy = this.workers.filter((worker) => worker.healthy).length;
    this.#options.metrics.workersCounted(healthy, this.#slots.length - healthy);
  }

  #slot(index: number): Slot {
    const slot = this.#slots[index];
    if (!slot) throw new RangeError(`no worker slot ${index}`);
    return slot;
  }
}
