import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { processTree, proportionalSetSize } from '../tests/harness/machine/processes.ts';

/** A server has one core for itself, and what loads it has another. */
export const SERVER_CORE = '0';
export const LOAD_CORE = '1';

export function isWorker(command: string): boolean {
  return command.includes('mediasoup-worker');
}

/** A process that was started; without a pid it was not. */
type Started = { readonly pid?: number | undefined };

export type ProcessCpu = { pid: number; command: string; nanoseconds: number };

/** CPU time of the process and of each of its descendants, in the order of their start. */
export function cpuByProcess({ pid: root }: Started): ProcessCpu[] {
  return processTree(root ?? -1).map(({ pid, command }) => {
    const threads = readdirSync(`/proc/${pid}/task`);
    const times = threads.map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    );
    return { pid, command, nanoseconds: times.reduce((sum, time) => sum + time, 0) };
  });
}

/** CPU time of the process and its descendants, of those whose command is meant. */
export function cpuNanoseconds(started: Started, isMeant = (_command: string) => true): number {
  return cpuByProcess(started)
    .filter(({ command }) => isMeant(command))
    .reduce((sum, { nanoseconds }) => sum + nanoseconds, 0);
}

/** In MiB: what the process and its descendants have for themselves. */
export function memoryOf({ pid: root }: Started): number {
  const bytes = processTree(root ?? -1).reduce((sum, { pid }) => sum + proportionalSetSize(pid), 0);
  return Math.round(bytes / 2 ** 20);
}

/** Asks a process to end and waits for it. Without effect after its end. */
export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
