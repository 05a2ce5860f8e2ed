import { readFileSync } from 'node:fs';
import { proportionalSetSize, type ProcessInfo } from '../tests/harness/machine/processes.ts';
import { callRoute } from '../tests/harness/peer/rest-client.ts';
import { Launcher } from '../tests/harness/servers/launcher.ts';
import { describeMachine } from './machine.ts';
import type { Report } from './report.ts';

const MIB = 2 ** 20;
const AIM_MIB = 700;

/** The parts of the system, by the command of their processes. */
const PARTS: readonly [string, RegExp][] = [
  ['mediasoup workers', /mediasoup-worker/],
  ['media', /services\/media\/src\/main/],
  ['signaling', /services\/signaling\/src\/main/],
  ['gateway', /services\/gateway\/src\/main/],
  ['logs', /services\/logs\/src\/main/],
  ['ui', /next/],
  ['launcher', /scripts\/(start\.mjs|launcher)/],
  ['postgres', /postgres/],
];

type Usage = { part: string; processes: number; pss: number; rss: number };

/** Measures the memory of every process of the system after its first answers. */
export async function measureMemory(): Promise<Report> {
  const launcher = await Launcher.start();
  try {
    await callRoute(launcher.origin, 'createRoom', { body: {} });
    await (await fetch(launcher.origin)).text();
    const usages = measure(launcher.processes());
    const sum = { part: 'all', ...totals(usages) };
    const rows = [...usages, sum].map(({ part, processes, pss, rss }) => [
      part,
      processes,
      mib(pss),
      mib(rss),
    ]);
    return {
      name: 'memory',
      machine: describeMachine(),
      figures: { parts: usages, pssMib: mib(sum.pss), rssMib: mib(sum.rss), aimMib: AIM_MIB },
      tables: [
        {
          title: 'Memory after start',
          columns: ['part', 'processes', 'PSS, MiB', 'RSS, MiB'],
          rows,
          notes: [
            `PSS counts memory that processes share once; the sum of RSS counts it for each. Aim: at most ${AIM_MIB} MB in all.`,
          ],
        },
      ],
    };
  } finally {
    await launcher.stop();
  }
}

function measure(processes: readonly ProcessInfo[]): Usage[] {
  const usages = new Map<string, Usage>();
  for (const { pid, command } of processes) {
    const part = PARTS.find(([, pattern]) => pattern.test(command))?.[0] ?? 'other';
    const usage = usages.get(part) ?? { part, processes: 0, pss: 0, rss: 0 };
    usage.processes += 1;
    usage.pss += proportionalSetSize(pid);
    usage.rss += residentSize(pid);
    usages.set(part, usage);
  }
  return [...usages.values()].sort((a, b) => b.pss - a.pss);
}

function residentSize(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

function totals(usages: readonly Usage[]): Omit<Usage, 'part'> {
  const add = (key: 'processes' | 'pss' | 'rss') => usages.reduce((sum, usage) => sum + usage[key], 0);
  return { processes: add('processes'), pss: add('pss'), rss: add('rss') };
}

function mib(bytes: number): number {
  return Math.round(bytes / MIB);
}
