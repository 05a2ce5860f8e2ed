import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { BootstrapError } from '../lib/bootstrap-error.mjs';
import { attempt, run } from '../lib/command.mjs';
import { announceFirstStart } from './needs.mjs';
import { HAS_MODERN_NODE, MODERN_NODE, ROOT } from '../lib/paths.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */
/** @typedef {{ version?: string, integrity?: string, optional?: boolean, peer?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockedPackage */

/** npm writes this file when everything is installed. */
const INSTALLED = join('node_modules', '.package-lock.json');
const PROGRESS_EVERY_MS = 1_000;
const SCRIPTS_RUN_AFTER = 5;

// `npm ci` refuses a lock file without the optional packages of other platforms, and some registries do not have
// those packages. `npm install --no-save` installs exactly the versions of the lock file and does not write to it.
const INSTALL = [
  'install',
  '--no-save',
  '--include=dev',
  '--include=optional',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
];

/** The package `node`, a peer dependency, brings a current Node. It is left out where the system has one. */
const WITHOUT_NODE = HAS_MODERN_NODE ? ['--omit=peer'] : [];

/**
 * Installs the npm packages if the installed ones differ from those of the lock file.
 *
 * @param {Steps} steps
 */
export async function ensureDependencies(steps) {
  const wanted = readLock('package-lock.json');
  if (!wanted)
    throw new BootstrapError('package-lock.json is missing or damaged; restore it from the repository.');
  if (isInstalled(wanted) && (await modernNodeRuns())) return;
  if (!existsSync(join(ROOT, INSTALLED))) announceFirstStart(steps);
  const names = Object.keys(wanted).filter(
    (name) => name.includes('node_modules/') && isForUs(wanted[name]) && !isLeftOut(wanted[name]),
  );
  await steps.run(`Installing ${names.length} npm packages (about a minute)`, async () => {
    const timer = setInterval(reporter(names, steps), PROGRESS_EVERY_MS);
    try {
      await npm([...INSTALL, ...WITHOUT_NODE]);
    } finally {
      clearInterval(timer);
    }
  });
  if (!(await modernNodeRuns())) await npm(['rebuild', 'node']);
  if (!(await modernNodeRuns())) {
    throw new BootstrapError(
      'The npm package "node" did not install a Node that runs here. Were install scripts switched off (npm config get ignore-scripts)?',
    );
  }
}

/** @param {LockedPackage | undefined} entry */
function isForUs({ os, cpu, libc } = {}) {
  return [os?.includes('linux'), cpu?.includes(process.arch), libc?.includes('glibc')].every(
    (fits) => fits !== false,
  );
}

/** @param {LockedPackage | undefined} entry */
function isLeftOut(entry) {
  return HAS_MODERN_NODE && entry?.peer === true;
}

/** @param {Record<string, LockedPackage>} wanted */
function isInstalled(wanted) {
  const present = readLock(INSTALLED);
  if (!present) return false;
  return Object.entries(wanted).every(([name, entry]) => {
    if (!name.includes('node_modules/')) return true;
    const installed = present[name];
    if (!installed) return (entry.optional === true || isLeftOut(entry)) && !existsSync(join(ROOT, name));
    return installed.version === entry.version && installed.integrity === entry.integrity;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Reports how many packages are unpacked, and then, once, that their install scripts run.
 *
 * @param {string[]} names
 * @param {Steps} steps
 */
function reporter(names, steps) {
  let last = 0;
  let sameSince = 0;
  return () => {
    const present = names.filter((name) => existsSync(join(ROOT, name))).length;
    sameSince = present === last ? sameSince + 1 : 0;
    last = present;
    if (sameSince === 0) steps.progress('installed', present, names.length);
    if (sameSince === SCRIPTS_RUN_AFTER && present > 0)
      steps.say(`  now their install scripts${HAS_MODERN_NODE ? '' : '; one downloads a current Node'} …`);
  };
}

async function modernNodeRuns() {
  const result = await attempt(MODERN_NODE, ['--version']).catch(() => undefined);
  return result?.status === 0 && Number(result.output.slice(1).split('.')[0]) >= 24;
}

/**
 * Runs the npm that started this process, or else the one on the PATH.
 *
 * @param {string[]} args
 */
async function npm(args) {
  const cli = process.env.npm_execpath;
  const [program, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  // With this variable set, mediasoup's install script neither downloads nor builds a worker. worker.mjs does that.
  const env = { ...process.env, MEDIASOUP_WORKER_BIN: 'left-to-parley' };
  await run(program, [...first, ...args], { cwd: ROOT, env, what: `npm ${args[0]}` });
}
