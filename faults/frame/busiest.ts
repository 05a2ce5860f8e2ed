import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessInfo } from '../../tests/harness/machine/processes.ts';

const LOOK_MS = 1_000;

/** The process that takes the most of a processor in one second. */
export async function busiest(processes: readonly ProcessInfo[]): Promise<ProcessInfo> {
  const before = processes.map(ticksOf);
  await pause(LOOK_MS);
  const taken = processes.map((one, index) => ({ one, ticks: ticksOf(one) - (before[index] ?? 0) }));
  const [first] = taken.toSorted((a, b) => b.ticks - a.ticks);
  if (!first) throw new Error('there are no processes to choose from');
  return first.one;
}

/** In user and in kernel mode, since its start. */
function ticksOf({ pid }: ProcessInfo): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
