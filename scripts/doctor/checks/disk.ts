import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { valuesOf, type Deployment } from '../deployment.ts';
import { skipped, verdict, type Check, type Finding } from '../finding.ts';

const LEAST_FREE_BYTES = 300_000_000;
const FOLDERS = ['LOG_DIR', 'PARLEY_DATA_DIR'];

/** Checks the free space for logs and the database. */
export const disk: Check = {
  title: 'Disk',
  async run(deployment) {
    const folders = [...new Set(foldersOf(deployment))].filter(existsSync);
    if (folders.length === 0) return skipped('no folder of this deployment is on this machine');
    return verdict(folders.flatMap(shortage), `room enough at ${folders.join(', ')}`);
  },
};

function foldersOf(deployment: Deployment): string[] {
  const named = FOLDERS.flatMap((variable) => [...valuesOf(deployment, variable).keys()]);
  return [...named, ...deployment.secretFiles.map(dirname)];
}

function shortage(folder: string): Finding[] {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= LEAST_FREE_BYTES) return [];
  const what = `Only ${Math.floor(free / 1e6)} MB are free for ${folder}; at least ${LEAST_FREE_BYTES / 1e6} MB are needed.`;
  const fix =
    'Free some space, or move the folder. LOG_SERVICE_MAX_MB and LOG_MAX_DAYS bound what logs take.';
  return [{ code: 'disk', what, fix }];
}
