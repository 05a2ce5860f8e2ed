import process from 'node:process';
import { BootstrapError } from '../lib/bootstrap-error.mjs';
import { attempt } from '../lib/command.mjs';
import { distribution, ensurePackages, hasApt, isExecutable } from './system-packages.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

const DEBIANS_CHROMIUM = '/usr/bin/chromium';
const CHROMIUMS = [
  DEBIANS_CHROMIUM,
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
];

/**
 * Returns the path of the browser for the browser tests. Installs Debian's if there is none.
 *
 * @param {Steps} steps
 * @param {readonly string[]} [candidates]
 * @returns {Promise<string>}
 */
export async function ensureChromium(steps, candidates = CHROMIUMS) {
  const given = process.env.CHROMIUM_PATH;
  if (given && !isExecutable(given))
    throw new BootstrapError(`CHROMIUM_PATH names ${given}, which is no program.`);
  if (given) return given;
  for (const path of candidates) if (await runs(path)) return path;
  if (distribution().id !== 'debian' || !hasApt())
    throw new BootstrapError(
      'The browser tests need Chromium or Google Chrome, and this system has no package of it that can be used (a snap cannot read the files of the tests). Install Google Chrome, or set CHROMIUM_PATH.',
    );
  await ensurePackages(['chromium', 'fonts-liberation'], 'the browser tests', steps);
  return DEBIANS_CHROMIUM;
}

/**
 * Ubuntu has a script by this name that only asks to install a snap.
 *
 * @param {string} path
 */
async function runs(path) {
  return isExecutable(path) && (await attempt(path, ['--version'])).status === 0;
}
