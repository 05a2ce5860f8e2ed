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
  if (process.platform !== 'linux') throw new BootstrapError('Parley runs on Linux (x64 or arm64).');
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
