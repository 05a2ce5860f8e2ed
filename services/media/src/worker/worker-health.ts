import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';

export type HealthOptions = {
  /** The time between two questions to the worker. */
  tickMs: number;
  /** The worker is unhealthy when a question has no answer after so many ticks. */
  unhealthyAfterTicks: number;
  /** The worker is frozen when a question has no answer after so many ticks. */
  frozenAfterTicks: number;
};

/** Unhealthy after 2 s, frozen after 3 s: a browser notices a dead server after 5 s. */
export const DEFAULT_HEALTH: HealthOptions = { tickMs: 500, unhealthyAfterTicks: 4, frozenAfterTicks: 6 };

/** The share of the newest measurement in the reported CPU. The rest is the reported CPU before it. */
const CPU_SMOOTHING = 0.5;

type WorkerHealthEvents = { changed: [healthy: boolean]; measured: [cpu: number]; frozen: [] };

/**
 * Asks a worker for its resource usage again and again. mediasoup raises no event for a frozen worker; its only sign
 * is a question without an answer. The time without an answer is counted in ticks of this process, not by the clock:
 * if this process or the whole machine stood still, no tick has passed, and the worker is not blamed.
 */
export class WorkerHealth extends EventEmitter<WorkerHealthEvents> {
  readonly #ask: () => Promise<types.WorkerResourceUsage>;
  readonly #options: HealthOptions;
  readonly #timer: NodeJS.Timeout;
  #openTicks: number | undefined;
  #healthy = true;
  #cpu = 0;
  #sample: { cpuMs: number; atMs: number } | undefined;
  #closed = false;

  constructor(ask: () => Promise<types.WorkerResourceUsage>, options: HealthOptions) {
    super();
    this.#ask = ask;
    this.#options = options;
    this.#timer = setInterval(() => this.#tick(), options.tickMs);
  }

  get healthy(): boolean {
    return this.#healthy && !this.#closed;
  }

  /** 0 to 1 of one core, smoothed over about a second. */
  get cpu(): number {
    return this.#cpu;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    this.removeAllListeners();
  }

  #tick(): void {
    if (this.#openTicks === undefined) {
      void this.#question();
      return;
    }
    this.#openTicks++;
    if (this.#openTicks === this.#options.unhealthyAfterTicks) this.#setHealthy(false);
    if (this.#openTicks === this.#options.frozenAfterTicks) this.emit('frozen');
  }

  async #question(): Promise<void> {
    this.#openTicks = 0;
    try {
      this.#measure(await this.#ask());
      this.#openTicks = undefined;
      this.#setHealthy(true);
    } catch {
      // The worker is gone, and its `died` event reports it. The question stays open.
    }
  }

  #measure(usage: types.WorkerResourceUsage): void {
    if (this.#closed) return;
    const sample = { cpuMs: usage.ru_utime + usage.ru_stime, atMs: performance.now() };
    const before = this.#sample;
    this.#sample = sample;
    if (!before || sample.atMs <= before.atMs) return;
    const used = Math.min(1, (sample.cpuMs - before.cpuMs) / (sample.atMs - before.atMs));
    this.#cpu += (used - this.#cpu) * CPU_SMOOTHING;
    this.emit('measured', this.#cpu);
  }

  #setHealthy(healthy: boolean): void {
    if (this.#closed || healthy === this.#healthy) return;
    this.#healthy = healthy;
    this.emit('changed', healthy);
  }
}
