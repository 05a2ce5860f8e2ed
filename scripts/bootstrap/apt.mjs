import { accessSync, constants } from 'node:fs';
import process from 'node:process';
import { attempt, run } from '../lib/command.mjs';
import { BootstrapError } from '../lib/bootstrap-error.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

const APT_INSTALL = ['apt-get', 'install', '-y', '--no-install-recommends'];

/**
 * Installs those of the Debian packages that are missing, as root or with sudo.
 *
 * @param {readonly string[]} packages
 * @param {string} purpose Follows the words "needed for" in messages.
 * @param {Steps} steps
 * @param {readonly string[]} [installer] The command that the names of the packages are added to.
 */
export async function ensurePackages(packages, purpose, steps, installer = APT_INSTALL) {
  const missing = await missingPackages(packages);
  if (missing.length === 0) return;
  const command = [...installer, ...missing];
  const prefix = await rootPrefix(`sudo ${command.join(' ')}`, purpose);
  await steps.run(`Installing Debian packages for ${purpose}: ${missing.join(' ')}`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await attempt(...withPrefix(prefix, ['apt-get', 'update', '-q']), { env });
    const onLine = progressReader(steps);
    await run(...withPrefix(prefix, command), { env, onLine, what: `Installing ${missing.join(' ')}` });
  });
}

/**
 * Reads the output of apt-get and reports how many packages are set up.
 *
 * @param {Steps} steps
 * @returns {(line: string) => void}
 */
function progressReader(steps) {
  let total = 0;
  let done = 0;
  return (line) => {
    const [, upgraded, installed] = /^(\d+) upgraded, (\d+) newly installed/.exec(line) ?? [];
    if (installed) total = Number(upgraded) + Number(installed);
    if (line.startsWith('Setting up ') && done < total) steps.progress('set up', (done += 1), total);
  };
}

/** @param {readonly string[]} packages */
async function missingPackages(packages) {
  const args = ['-W', '-f', '${Package} ${db:Status-Status}\n', ...packages];
  const { output } = await attempt('dpkg-query', args).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    throw new BootstrapError(
      `This is not a Debian system (no dpkg-query). Install what matches these Debian packages: ${packages.join(' ')}`,
    );
  });
  const installed = new Set(
    output
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return packages.filter((name) => !installed.has(name));
}

/**
 * @param {string} command Shown to a person who may not install packages, to be run by an administrator.
 * @param {string} purpose
 * @returns {Promise<string[]>}
 */
async function rootPrefix(command, purpose) {
  if (process.getuid?.() === 0) return [];
  const canAsk = process.stdin.isTTY === true;
  const hasSudo = ['/usr/bin/sudo', '/bin/sudo', '/usr/local/bin/sudo'].some(isExecutable);
  if (hasSudo) {
    if ((await attempt('sudo', ['-n', 'true'])).status === 0) return ['sudo', '-n'];
    if (canAsk && (await attempt('sudo', ['-v'], { inherit: true })).status === 0) return ['sudo', '-n'];
  }
  throw new BootstrapError(
    `Debian packages are needed for ${purpose}, and this user may not install them. Run this once, then start again:\n  ${command}`,
  );
}

/**
 * @param {string[]} prefix
 * @param {string[]} command
 * @returns {[string, string[]]}
 */
function withPrefix(prefix, command) {
  const [program, ...args] = [...prefix, ...command];
  // sudo drops the environment, so its command line sets the front end.
  if (program === 'sudo') args.splice(1, 0, 'env', 'DEBIAN_FRONTEND=noninteractive');
  return [/** @type {string} */ (program), args];
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
