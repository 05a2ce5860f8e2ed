import { readFileSync } from 'node:fs';
import type { ProcessInfo } from './processes.ts';

/** The processes that root's launcher leaves with root, by a part of their command: the launcher itself and what starts it. */
const OF_ROOT = [
  '/scripts/start.mjs',
  '/scripts/stack.mjs',
  '/launcher/start/main.ts',
  '/launcher/stack/main.ts',
];

/** The commands of processes that run as root and are not the launcher. */
export function unexpectedlyRoot(processes: readonly ProcessInfo[]): string[] {
  return processes
    .filter(({ pid }) => userOf(pid) === 0)
    .map(({ command }) => command)
    .filter((command) => !OF_ROOT.some((part) => command.includes(part)));
}

/** The effective user; `undefined` if the process has ended meanwhile. */
export function userOf(pid: number): number | undefined {
  try {
    const [, uid] = /^Uid:\s+\d+\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return uid === undefined ? undefined : Number(uid);
  } catch {
    return undefined;
  }
}
