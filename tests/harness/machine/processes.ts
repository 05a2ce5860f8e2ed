import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc shows it. A later process with the same id has another `startTime`. */
export type ProcessInfo = { pid: number; parent: number; startTime: string; command: string };

function readProcess(pid: number): ProcessInfo | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended. Its entry stays until its parent reads the exit code.
    if (fields[0] === 'Z') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, parent: Number(fields[1]), startTime: fields[19] ?? '', command };
  } catch {
    return undefined;
  }
}

function listProcesses(): ProcessInfo[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
}

/** The process and all its living descendants. If the parent of a process has ended, that process is no longer among them. */
export function processTree(root: number): ProcessInfo[] {
  const all = listProcesses();
  const tree = all.filter(({ pid }) => pid === root);
  for (const member of tree) tree.push(...all.filter(({ parent }) => parent === member.pid));
  return tree;
}

/** All processes that were started with this variable, whatever their parent is now. */
export function processesWithVariable(name: string, value: string): ProcessInfo[] {
  return listProcesses().filter(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${name}=${value}`);
    } catch {
      return false;
    }
  });
}

export function isAlive(process: ProcessInfo): boolean {
  return readProcess(process.pid)?.startTime === process.startTime;
}

/** Proportional set size in bytes: private memory, and a share of the memory that processes have in common. */
export function proportionalSetSize(pid: number): number {
  return sizeOf(pid, 'Pss');
}

/** Anonymous memory of a process, in bytes. Unlike the proportional set size, other processes do not change it. */
export function allocatedSize(pid: number): number {
  return sizeOf(pid, 'Anonymous');
}

function sizeOf(pid: number, kind: 'Pss' | 'Anonymous'): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(new RegExp(`^${kind}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1] ?? 0) * 1024;
}
