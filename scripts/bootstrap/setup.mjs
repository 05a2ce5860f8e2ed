import process from 'node:process';
import { BootstrapError } from '../lib/bootstrap-error.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ProcessLock } from '../lib/lock.mjs';
import { ROOT } from '../lib/paths.mjs';
import { ensureUiBuild } from '../lib/ui-build.mjs';
import { ensureWorker } from './worker.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

/**
 * Makes everything that a start or a test needs and that is missing.
 *
 * @param {Steps} steps
 * @param {{ uiBuild: boolean }} wanted
 * @returns {Promise<{ workerPath: string, uiBuildDir: string }>} `uiBuildDir` is empty unless the build was wanted.
 */
export async function setUp(steps, wanted) {
  assertSystem();
  const lock = await ProcessLock.acquire(`setup ${ROOT}`, (holder) =>
    steps.say(`Waiting for ${holder}, which is setting up this checkout.`),
  );
  try {
    await ensureDependencies(steps);
    const workerPath = await ensureWorker(steps);
    const uiBuildDir = wanted.uiBuild ? await ensureUiBuild(steps) : '';
    return { workerPath, uiBuildDir };
  } finally {
    lock.release();
  }
}

const GLIBC_OR_CONTAINERS =
  'Run it in containers there (npm run compose:env, then docker compose up -d), which needs no more than Docker.';

/**
 * Refuses a system on which nothing of what follows works, in words.
 *
 * @param {{ platform: string, arch: string, glibc: string | undefined }} [system]
 */
export function assertSystem(system = thisSystem()) {
  if (system.platform === 'win32')
    throw new BootstrapError(
      'Parley runs on Linux. On Windows, use Ubuntu in WSL 2 (wsl --install), and run this there.',
    );
  if (system.platform !== 'linux')
    throw new BootstrapError(`"npm start" runs on Linux. ${GLIBC_OR_CONTAINERS}`);
  if (!['x64', 'arm64'].includes(system.arch))
    throw new BootstrapError(`Parley runs on x64 and arm64, and this processor is ${system.arch}.`);
  if (!system.glibc)
    throw new BootstrapError(
      `The programs that Parley brings need glibc, and this Linux has another C library (Alpine has musl). ${GLIBC_OR_CONTAINERS}`,
    );
}

function thisSystem() {
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return { platform: process.platform, arch: process.arch, glibc: header.glibcVersionRuntime };
}
