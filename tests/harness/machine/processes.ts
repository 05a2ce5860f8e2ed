import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc shows it. `startTime` tells it from a later one with the same id. */
export type ProcessInfo = { pid: number; parent: number; startTime: string; command: string };

function readProcess(pid: number): ProcessInfo | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie is an entry without a process; its parent has yet to read its exit code.
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

/** The process and all that it and its children started and that still have it as an ancestor. */
export function processTree(root: number): ProcessInfo[] {
  const all = listProcesses();
  const tree = all.filter(({ pid }) => pid === root);
  for (const member of tree) tree.push(...all.filter(({ parent }) => parent === member.pid));
  return tree;
}

/** Processes that were given this variable, whoever their parent is by now. */
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

/** Proportional set size in bytes: private memory, and its share of what it has in common with others. */
export function proportionalSetSize(pid: number): number {
  return sizeOf(pid, 'Pss');
}

/** What a process has allocated, in bytes. Unlike its proportional size this does not change when others come and go. */
export function allocatedSize(pid: number): number {
  return sizeOf(pid, 'Anonymous');
}

function sizeOf(pid: number, kind: 'Pss' | 'Anonymous'): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(new RegExp(`^${kind}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1] ?? 0) * 1024;
}
