import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { attempt, run } from '../lib/command.mjs';
import { BootstrapError } from '../lib/bootstrap-error.mjs';
import { proxyEnv } from '../lib/proxy.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

const APT_INSTALL = ['apt-get', 'install', '-y', '--no-install-recommends'];
const OS_RELEASE = '/etc/os-release';
/** Only root has these on the search path, and servers are in them. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** @typedef {'apt' | 'dnf' | 'zypper' | 'pacman' | 'apk'} ManagerName */

/** @type {readonly { name: ManagerName, program: string, install: string }[]} */
const MANAGERS = [
  { name: 'apt', program: 'apt-get', install: 'apt-get install' },
  { name: 'dnf', program: 'dnf', install: 'dnf install' },
  { name: 'zypper', program: 'zypper', install: 'zypper install' },
  { name: 'pacman', program: 'pacman', install: 'pacman -S' },
  { name: 'apk', program: 'apk', install: 'apk add' },
];

/**
 * The packages of programs whose package has another name than the program: `usual`, and where the name differs from that.
 *
 * @type {Readonly<Record<string, { usual: string } & Partial<Record<ManagerName, string>>>>}
 */
const PACKAGES = {
  'redis-server': { usual: 'redis', apt: 'redis-server' },
  promtool: {
    usual: 'prometheus',
    dnf: 'golang-github-prometheus',
    zypper: 'golang-github-prometheus-prometheus',
  },
  prometheus: {
    usual: 'prometheus',
    dnf: 'golang-github-prometheus',
    zypper: 'golang-github-prometheus-prometheus',
  },
  turnserver: { usual: 'coturn' },
  nft: { usual: 'nftables' },
  ip: { usual: 'iproute2', dnf: 'iproute' },
  pip3: { usual: 'python3-pip', pacman: 'python-pip', apk: 'py3-pip' },
  python3: { usual: 'python3', pacman: 'python' },
  'g++': { usual: 'gcc-c++', apt: 'g++', apk: 'g++', pacman: 'gcc' },
};

/**
 * Makes sure that programs are there. Asks for the programs themselves, so that it does not matter which package brought them. On Debian and
 * Ubuntu it installs the packages of those that are missing, as root or with sudo; elsewhere it names the packages.
 *
 * @param {readonly string[]} programs
 * @param {string} purpose Follows the words "needed for" in messages.
 * @param {Steps} steps
 * @param {readonly string[]} [installer] The command that the names of the packages are added to.
 */
export async function ensurePrograms(programs, purpose, steps, installer) {
  const missing = programs.filter((program) => findProgram(program) === undefined);
  if (missing.length > 0) await installPackages(packagesOf(missing), purpose, steps, installer);
}

/**
 * Installs those of the packages that are missing, on Debian and Ubuntu.
 *
 * @param {readonly string[]} packages By Debian's names.
 * @param {string} purpose Follows the words "needed for" in messages.
 * @param {Steps} steps
 * @param {readonly string[]} [installer] The command that the names of the packages are added to.
 */
export async function ensurePackages(packages, purpose, steps, installer) {
  if (!hasApt())
    throw new BootstrapError(
      `Packages of Debian or Ubuntu are needed for ${purpose}, and this is another system: ${packages.join(' ')}`,
    );
  const missing = await missingPackages(packages);
  if (missing.length > 0) await installPackages(missing, purpose, steps, installer);
}

/** Whether packages of Debian or Ubuntu can be installed here. */
export function hasApt() {
  return systemManager()?.name === 'apt';
}

/**
 * The identity of the distribution, such as `debian` and `bookworm`.
 *
 * @param {string} [file]
 * @returns {{ id: string, codename: string }} Empty texts where the system does not say.
 */
export function distribution(file = OS_RELEASE) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  /** @param {string} name */
  const value = (name) => new RegExp(`^${name}=["']?([^"'\\n]*)`, 'm').exec(text)?.[1] ?? '';
  return { id: value('ID'), codename: value('VERSION_CODENAME') };
}

/**
 * @param {string} program
 * @returns {string | undefined} Its path.
 */
function findProgram(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
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

function systemManager() {
  return MANAGERS.find(({ program }) => findProgram(program) !== undefined);
}

/**
 * @param {readonly string[]} programs
 * @returns {string[]} The packages that have them, by the names of this system.
 */
function packagesOf(programs) {
  const manager = systemManager()?.name;
  const names = programs.map((program) => {
    const known = PACKAGES[program];
    return (manager && known?.[manager]) ?? known?.usual ?? program;
  });
  return [...new Set(names)];
}

/**
 * @param {readonly string[]} packages
 * @param {string} purpose
 * @param {Steps} steps
 * @param {readonly string[]} [installer]
 */
async function installPackages(packages, purpose, steps, installer = APT_INSTALL) {
  const manager = systemManager();
  if (manager?.name !== 'apt') {
    const how = manager ? `Run this as root` : `Install these with the package manager of this system`;
    const what = manager ? `${manager.install} ${packages.join(' ')}` : packages.join(' ');
    throw new BootstrapError(
      `Something is missing that is needed for ${purpose}, and Parley installs packages on Debian and Ubuntu only. ${how}, then start again:\n  ${what}`,
    );
  }
  const command = [...installer, ...packages];
  const prefix = await rootPrefix(`sudo ${command.join(' ')}`, purpose);
  await steps.run(`Installing packages for ${purpose}: ${packages.join(' ')}`, async () => {
    const env = { ...process.env, ...proxyEnv(), DEBIAN_FRONTEND: 'noninteractive' };
    await attempt(...withPrefix(prefix, ['apt-get', 'update', '-q']), { env });
    const onLine = progressReader(steps);
    await run(...withPrefix(prefix, command), { env, onLine, what: `Installing ${packages.join(' ')}` });
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
  const { output } = await attempt('dpkg-query', args);
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
  const hasSudo = ['/usr/bin/sudo', '/bin/sudo', '/usr/local/bin/sudo'].some(isExecutable);
  if (hasSudo) {
    const canAsk = process.stdin.isTTY === true;
    if ((await sudoWorks()) || (canAsk && (await attempt('sudo', ['-v'], { inherit: true })).status === 0))
      return await sudoPrefix();
  }
  throw new BootstrapError(
    `Packages are needed for ${purpose}, and this user may not install them. Run this once, then start again:\n  ${command}`,
  );
}

/** @param {string[]} options */
async function sudoWorks(...options) {
  return (await attempt('sudo', ['-n', ...options, 'true'])).status === 0;
}

/**
 * sudo drops the environment, except what its command line names. The values of proxies have passwords, so they are not in the command line;
 * an administrator may have forbidden to keep variables.
 */
async function sudoPrefix() {
  const kept = `--preserve-env=${['DEBIAN_FRONTEND', ...Object.keys(proxyEnv())].join(',')}`;
  return (await sudoWorks(kept))
    ? ['sudo', '-n', kept]
    : ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive'];
}

/**
 * @param {string[]} prefix
 * @param {string[]} command
 * @returns {[string, string[]]}
 */
function withPrefix(prefix, command) {
  const [program, ...args] = [...prefix, ...command];
  return [/** @type {string} */ (program), args];
}
