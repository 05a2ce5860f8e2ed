import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** The share of one core that a process used since the meter was made. */
export class CpuMeter {
  readonly #pid: number;
  readonly #usedBefore: number;
  readonly #startedAt = performance.now();

  constructor(pid: number) {
    this.#pid = pid;
    this.#usedBefore = usedMs(pid);
  }

  get percent(): number {
    return ((usedMs(this.#pid) - this.#usedBefore) / (performance.now() - this.#startedAt)) * 100;
  }
}

/** The time that all threads of a process have run, in milliseconds. */
function usedMs(pid: number): number {
  const nanoseconds = readdirSync(`/proc/${pid}/task`).map((thread) => {
    const text = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8');
    return Number(text.split(' ')[0]);
  });
  return nanoseconds.reduce((sum, value) => sum + value, 0) / 1e6;
}
