import process from 'node:process';
import { ensurePackages, isExecutable } from './apt.mjs';
import { BootstrapError } from '../lib/bootstrap-error.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/**
 * Returns the path of the browser for the browser tests. Installs Debian's if there is none.
 *
 * @param {Steps} steps
 * @returns {Promise<string>}
 */
export async function ensureChromium(steps) {
  const given = process.env.CHROMIUM_PATH;
  if (given && !isExecutable(given))
    throw new BootstrapError(`CHROMIUM_PATH names ${given}, which is no program.`);
  if (given) return given;
  if (!isExecutable(SYSTEM_CHROMIUM)) {
    await ensurePackages(['chromium', 'fonts-liberation'], 'the browser tests', steps);
  }
  return SYSTEM_CHROMIUM;
}
