import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../scripts/lib/paths.mjs';

/** The machine of a measurement. Figures of different machines cannot be compared. */
export type Machine = {
  cores: number;
  processor: string;
  memoryGib: number;
  kernel: string;
  node: string;
  mediasoup: string;
  chromium?: string;
  /** The share of all cores that other programs used just before, where that was much. */
  othersPercent?: number;
  date: string;
};

export function describeMachine(): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGib: Math.round(totalmem() / 2 ** 30),
    // The rest of the release names the build of the kernel.
    kernel: release().split('-')[0] ?? '',
    node: process.version,
    mediasoup: versionOf('mediasoup'),
    date: new Date().toISOString().slice(0, 10),
  };
}

function versionOf(name: string): string {
  const manifest = readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
