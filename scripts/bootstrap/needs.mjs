import { statfsSync } from 'node:fs';
import { BootstrapError } from '../lib/bootstrap-error.mjs';
import { freeMemory } from '../lib/memory.mjs';
import { HAS_MODERN_NODE, ROOT } from '../lib/paths.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

// Measured as docs/operations/install.md says, and rounded up.
// With 140 MB of lists of versions, from a registry that does not compress them.
const PACKAGES_DOWNLOAD_MB = 385;
const NODE_DOWNLOAD_MB = 55;
const COMPILERS_DOWNLOAD_MB = 75;
const DISK_GB = 1.7;
const MEMORY_GB = 1.2;

/**
 * Says what the first start takes before it takes it. Throws a BootstrapError if there is not enough disk for it.
 *
 * @param {Steps} steps
 * @param {{ disk: number, memory: number }} [free] Bytes.
 */
export function announceFirstStart(steps, free = freeHere()) {
  const download = PACKAGES_DOWNLOAD_MB + (HAS_MODERN_NODE ? 0 : NODE_DOWNLOAD_MB);
  steps.say(
    [
      `The first start downloads about ${download} MB, takes ${DISK_GB} GB of disk and at most ${MEMORY_GB} GB of memory.`,
      `If the media worker has to be built, compilers are ${COMPILERS_DOWNLOAD_MB} MB more, and two to five minutes.`,
      `Free here: ${gigabytes(free.disk)} of disk, ${gigabytes(free.memory)} of memory.`,
    ].join('\n'),
  );
  if (free.disk < DISK_GB * 1e9)
    throw new BootstrapError(
      `The first start takes ${DISK_GB} GB of disk, and ${gigabytes(free.disk)} are free for ${ROOT}. Free some space and run this again.`,
    );
  if (free.memory < MEMORY_GB * 1e9)
    steps.say(
      'That may be too little memory: if a step below is killed, stop other programs, add swap, or run containers whose images were built elsewhere.',
    );
}

function freeHere() {
  const { bavail, bsize } = statfsSync(ROOT);
  return { disk: bavail * bsize, memory: freeMemory() };
}

/** @param {number} bytes */
function gigabytes(bytes) {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
