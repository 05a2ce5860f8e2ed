import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { BootstrapError } from '../lib/bootstrap-error.mjs';
import { attempt, run } from '../lib/command.mjs';
import { ProcessLock } from '../lib/lock.mjs';
import { cacheDir } from '../lib/paths.mjs';
import { proxyEnv } from '../lib/proxy.mjs';
import { distribution, ensurePackages, hasApt, isExecutable } from './system-packages.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

// The last Debian release with Consul. The program needs no libraries, so it runs on later releases too.
const VERSION = '1.8.7';
const SUITE = 'bullseye';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const DEBIANS_MIRRORS = ['http://deb.debian.org/debian', 'http://archive.debian.org/debian'];
const OTHERWISE = 'Set CONSUL_BIN to a Consul program of your own.';

/**
 * Returns the path of a Consul program that runs on this machine. Downloads Debian's if there is none.
 *
 * @param {Steps} steps
 * @param {string} [osRelease] The file that names the distribution.
 * @returns {Promise<string>}
 */
export async function ensureConsul(steps, osRelease) {
  const given = process.env.CONSUL_BIN;
  if (given) return await checkGiven(given);
  const path = join(cacheDir(), 'consul', VERSION, 'consul');
  if (await runsHere(path)) return path;
  const lock = await ProcessLock.acquire(path, (holder) =>
    steps.say(`Waiting for ${holder}, which is getting Consul already.`),
  );
  try {
    // The process that held the lock before may have installed Consul meanwhile.
    if (!(await runsHere(path))) {
      await steps.run(`Getting Consul ${VERSION} (14 MB)`, () => install(path, steps, osRelease));
    }
    return path;
  } finally {
    lock.release();
  }
}

/** @param {string} path */
async function checkGiven(path) {
  if (await runsHere(path)) return path;
  throw new BootstrapError(`CONSUL_BIN names ${path}, which is no Consul program that runs on this machine.`);
}

/** @param {string} path */
async function runsHere(path) {
  if (!isExecutable(path)) return false;
  const { status, output } = await attempt(path, ['version']);
  return status === 0 && output.startsWith('Consul v');
}

/**
 * Downloads Debian's package with package lists, state and cache of its own, so that those of the system do not
 * change. Moves the program to its place after a test run. apt-get checks the package against the lists that Debian
 * has signed.
 *
 * @param {string} path
 * @param {Steps} steps
 * @param {string} [osRelease]
 */
async function install(path, steps, osRelease) {
  if (!hasApt())
    throw new BootstrapError(`Consul comes from Debian's packages, and this is another system. ${OTHERWISE}`);
  const folder = mkdtempSync(join(tmpdir(), 'parley-consul-'));
  const target = `${path}.${process.pid}.part`;
  try {
    await downloadPackage(folder, steps, osRelease);
    const [archive] = readdirSync(folder).filter((name) => name.endsWith('.deb'));
    if (!archive) throw new BootstrapError(`The package mirror has no Consul ${VERSION}. ${OTHERWISE}`);
    await run('dpkg-deb', ['-x', join(folder, archive), join(folder, 'root')], { what: 'Unpacking Consul' });
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(join(folder, 'root', 'usr', 'bin', 'consul'), target);
    if (!(await runsHere(target))) {
      throw new BootstrapError(`Debian's Consul does not run on this machine. ${OTHERWISE}`);
    }
    renameSync(target, path);
  } finally {
    rmSync(target, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Tries one mirror after the other.
 *
 * @param {string} folder apt-get puts the package into this folder.
 * @param {Steps} steps
 * @param {string} [osRelease]
 */
async function downloadPackage(folder, steps, osRelease) {
  await ensurePackages(['debian-archive-keyring'], "the signature of Debian's Consul", steps);
  mkdirSync(join(folder, 'lists', 'partial'), { recursive: true });
  mkdirSync(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
  writeFileSync(join(folder, 'status'), '');
  let problem;
  for (const mirror of await mirrors(osRelease)) {
    try {
      return await downloadFrom(mirror, folder);
    } catch (error) {
      problem ??= error;
    }
  }
  throw problem;
}

/**
 * @param {string} mirror
 * @param {string} folder
 */
async function downloadFrom(mirror, folder) {
  writeFileSync(join(folder, 'sources.list'), `deb [signed-by=${KEYRING}] ${mirror} ${SUITE} main\n`);
  const settings = [
    `Dir::Etc::SourceList=${join(folder, 'sources.list')}`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::Lists=${join(folder, 'lists')}`,
    `Dir::State::Status=${join(folder, 'status')}`,
    `Dir::Cache=${join(folder, 'cache')}`,
    // As root, apt-get would download as its own user, which may not write into this folder.
    'APT::Sandbox::User=',
  ].flatMap((setting) => ['-o', setting]);
  const what = `Getting Debian's package of Consul ${VERSION} (${OTHERWISE})`;
  const options = { cwd: folder, what, env: { ...process.env, ...proxyEnv() } };
  await run('apt-get', [...settings, '-q', '--error-on=any', 'update'], options);
  await run('apt-get', [...settings, '-q', 'download', `consul=${VERSION}*`], options);
}

/**
 * The package mirrors that may have the suite: that of this system, if it is Debian, and Debian's own, to which an old suite moves.
 *
 * @param {string} [osRelease]
 * @returns {Promise<string[]>}
 */
async function mirrors(osRelease) {
  const { id, codename } = distribution(osRelease);
  const { output } = await attempt('apt-get', ['update', '--print-uris']);
  // Needs neither package lists nor root, and knows every format of source lists.
  const [, own] = new RegExp(`^'(\\S+)/dists/${codename}/InRelease'`, 'm').exec(output) ?? [];
  return id === 'debian' && own ? [own, ...DEBIANS_MIRRORS] : DEBIANS_MIRRORS;
}
