import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Launcher } from '../../tests/harness/servers/launcher.ts';
import { atLeast, atMost, mustBe, type Finding, type Scale } from './attack.ts';
import type { Experience } from './honest-worker.ts';

const ACK_P95_MAX_MS = 50;

/** Two people in a room of their own, each with an address of their own, who must notice nothing of an attack. */
export class HonestPair {
  /** The code of their room. */
  readonly code: string;
  readonly #worker: Worker;

  static async join({ ports }: Pick<Launcher, 'ports'>): Promise<HonestPair> {
    const worker = new Worker(new URL('honest-worker.ts', import.meta.url), { workerData: { ports } });
    const [code] = (await once(worker, 'message')) as [string];
    return new HonestPair(code, worker);
  }

  private constructor(code: string, worker: Worker) {
    this.code = code;
    this.#worker = worker;
  }

  /** Ends the pair. What it noticed; how long its requests took only in a full attack. */
  async findings(scale: Scale): Promise<Finding[]> {
    const answered = once(this.#worker, 'message');
    this.#worker.postMessage('end', []);
    const [{ people, connected, ended, failures, acksMs, lateMs }] = (await answered) as [Experience];
    await this.#worker.terminate();
    return [
      mustBe('honest people elsewhere that are connected', connected, people),
      mustBe('refused requests of honest people', failures.join(', ') || 'none', 'none'),
      mustBe('sessions of honest people that ended', ended, 0),
      atLeast('answers to honest people', acksMs.length, people),
      ...(scale === 'full' ? [inTime(acksMs, lateMs)] : []),
    ];
  }
}

function inTime(acksMs: readonly number[], lateMs: number): Finding {
  const what = `their answers, p95 (their own clock was late by ${lateMs.toFixed(0)} ms)`;
  return atMost(what, p95(acksMs), ACK_P95_MAX_MS, 'ms');
}

export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.POSITIVE_INFINITY;
}
