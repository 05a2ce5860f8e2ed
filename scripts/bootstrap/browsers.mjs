import process from 'node:process';
import { BootstrapError } from '../lib/bootstrap-error.mjs';
import { attempt } from '../lib/command.mjs';
import { distribution, ensurePackages, hasApt, isExecutable } from './system-packages.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */
/** @typedef {{ variable: string, names: string, paths: readonly string[], packages: readonly string[] }} BrowserNeed */

/** `paths`: where systems have the browser, Debian's first. */
const CHROMIUM = {
  variable: 'CHROMIUM_PATH',
  names: 'Chromium or Google Chrome',
  paths: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
  ],
  packages: ['chromium', 'fonts-liberation'],
};
const FIREFOX = {
  variable: 'FIREFOX_PATH',
  names: 'Firefox',
  paths: ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
  packages: ['firefox-esr'],
};

/**
 * Returns the path of the Chromium for the browser tests. Installs Debian's if there is none.
 *
 * @param {Steps} steps
 * @param {readonly string[]} [paths]
 */
export function ensureChromium(steps, paths = CHROMIUM.paths) {
  return ensureBrowser({ ...CHROMIUM, paths }, steps);
}

/**
 * Returns the path of the Firefox for the browser tests. Installs Debian's if there is none.
 *
 * @param {Steps} steps
 */
export function ensureFirefox(steps) {
  return ensureBrowser(FIREFOX, steps);
}

/**
 * @param {BrowserNeed} need
 * @param {Steps} steps
 * @returns {Promise<string>}
 */
async function ensureBrowser({ variable, names, paths, packages }, steps) {
  const given = process.env[variable];
  if (given && !isExecutable(given))
    throw new BootstrapError(`${variable} names ${given}, which is no program.`);
  if (given) return given;
  for (const path of paths) if (await runs(path)) return path;
  if (distribution().id !== 'debian' || !hasApt())
    throw new BootstrapError(
      `The browser tests need ${names}, and this system has no package of it that can be used (a snap cannot read the files of the tests). Install it, or set ${variable}.`,
    );
  await ensurePackages(packages, 'the browser tests', steps);
  return paths[0] ?? '';
}

/**
 * Ubuntu has scripts by these names that only ask to install a snap.
 *
 * @param {string} path
 */
async function runs(path) {
  return isExecutable(path) && (await attempt(path, ['--version'])).status === 0;
}
