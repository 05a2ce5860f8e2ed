import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { processTree } from '../tests/harness/machine/processes.ts';

/** A server has one core for itself, and what loads it has another. */
export const SERVER_CORE = '0';
export const LOAD_CORE = '1';

export function isWorker(command: string): boolean {
  return command.includes('mediasoup-worker');
}

/** CPU time of the process and its descendants, of those whose command is meant. */
export function cpuNanoseconds({ pid }: ChildProcess, isMeant = (_command: string) => true): number {
  let sum = 0;
  for (const process of processTree(pid ?? -1).filter(({ command }) => isMeant(command))) {
    for (const thread of readdirSync(`/proc/${process.pid}/task`))
      sum += Number(readFileSync(`/proc/${process.pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  }
  return sum;
}

/** Asks a process to end and waits for it. Without effect after its end. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
