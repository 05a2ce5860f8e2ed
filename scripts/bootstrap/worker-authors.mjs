import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { BootstrapError } from '../lib/bootstrap-error.mjs';
import { run } from '../lib/command.mjs';
import { compilerJobs } from '../lib/memory.mjs';
import { MODERN_NODE } from '../lib/paths.mjs';
import { proxyEnv } from '../lib/proxy.mjs';
import { ensurePrograms } from './system-packages.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

const PROGRAMS = ['g++', 'python3', 'pip3'];
/** What the script makes in the folder of the sources. It tidies up itself only if everything went well. */
const LEFT_BEHIND = ['out', 'pip_invoke'];

/**
 * Builds the worker as the install script of mediasoup does: with the libraries that its authors chose, which the build downloads. The result
 * depends on no library of the system, so it is tried before a build against those.
 *
 * @param {{ packageDir: string, built: string, target: string, steps: Steps }} options `built` is where the script puts the worker.
 */
export async function buildAsAuthors({ packageDir, built, target, steps }) {
  await ensurePrograms(PROGRAMS, "mediasoup's own build of its worker", steps);
  const jobs = compilerJobs();
  const env = {
    ...process.env,
    ...proxyEnv(),
    MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: 'true',
    MEDIASOUP_WORKER_BIN: '',
  };
  const title = `Building the mediasoup worker as its authors do, with ${jobs} compilers (ten minutes and more, once)`;
  await steps.run(title, async () => {
    const [program, ...args] = [...limitCores(jobs), MODERN_NODE, 'npm-scripts.mjs', 'postinstall'];
    try {
      await run(program, args, {
        cwd: packageDir,
        env,
        ownGroup: true,
        what: 'The install script of mediasoup',
      });
      if (!existsSync(built)) throw new BootstrapError('the install script of mediasoup made no worker');
      copyFileSync(built, target);
    } finally {
      for (const left of LEFT_BEHIND)
        rmSync(join(packageDir, 'worker', left), { recursive: true, force: true });
    }
  });
}

/**
 * The script starts a compiler for each core that it may use. Allows it fewer cores where there is not enough memory for more compilers.
 *
 * @param {number} jobs
 * @returns {string[]} What to put before the command.
 */
function limitCores(jobs) {
  const cores = allowedCores();
  return jobs < cores.length ? ['taskset', '--cpu-list', cores.slice(0, jobs).join(',')] : [];
}

/** @returns {number[]} */
function allowedCores() {
  const [, list = ''] = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
