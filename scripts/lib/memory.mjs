import { availableParallelism, freemem } from 'node:os';
import process from 'node:process';

/** The most memory that one compiler takes for the sources of the worker: 414 MB was measured, with what started it. */
const COMPILER_BYTES = 500e6;

/** How much memory programs may still take here, in bytes. Knows the limits of containers and services. */
export function freeMemory() {
  // Node has this from 20.13 on.
  return process.availableMemory?.() ?? freemem();
}

/**
 * How many compilers of the worker may run at once: one for each core, as far as there is memory for them.
 *
 * @param {number} [free] Bytes.
 * @param {number} [cores]
 */
export function compilerJobs(free = freeMemory(), cores = availableParallelism()) {
  return Math.max(1, Math.min(cores, Math.floor(free / COMPILER_BYTES)));
}
