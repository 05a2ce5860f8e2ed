import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { release, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { BootstrapError } from '../lib/bootstrap-error.mjs';
import { attempt } from '../lib/command.mjs';
import { MODERN_NODE } from '../lib/paths.mjs';
import { proxyEnv, shownProxy } from '../lib/proxy.mjs';
import { EXIT } from './download.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const DOWNLOAD = join(HERE, 'download.mjs');
export const DIGESTS = join(HERE, 'worker-digests.json');

/**
 * The kernels in the names of what mediasoup publishes. The name is that of the kernel of the machine that built the worker: the one for 6 is
 * built on the older system, so it runs on more systems than the one for 7, and neither needs its kernel.
 */
export const PUBLISHED_KERNELS = ['6', '7'];

/** Why there is no prebuilt worker: nothing can be downloaded from its server, or the server has none that fits. */
export class NoPrebuiltError extends BootstrapError {
  /**
   * @param {string} message
   * @param {boolean} canDownload
   */
  constructor(message, canDownload) {
    super(message);
    this.canDownload = canDownload;
  }
}

/**
 * Downloads the worker that mediasoup's authors publish with each release, from the same address as the package's own install script, and
 * tries the names for other kernels after the one for this machine. Throws NoPrebuiltError if there is none that runs.
 *
 * @param {string} packageDir
 * @param {string} target
 * @param {(path: string) => Promise<boolean>} runsHere Decides whether a worker is taken.
 * @param {Readonly<Record<string, string>>} digests The SHA-256 that an archive must have, by its name.
 * @returns {Promise<string>} Words on what was taken.
 */
export async function downloadPrebuilt(packageDir, target, runsHere, digests) {
  if (process.env.MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD)
    throw new NoPrebuiltError('downloads of it are switched off', false);
  const problems = [];
  const pinned = hasPins(packageDir, digests);
  for (const url of prebuiltUrls(packageDir)) {
    const name = nameOf(url);
    const problem = trustProblem(url, digests[name], pinned);
    if (problem !== undefined) {
      problems.push(problem);
      continue;
    }
    const folder = mkdtempSync(join(tmpdir(), 'parley-worker-'));
    try {
      const digest = await fetchInto(folder, url, digests[name]);
      copyFileSync(join(folder, 'mediasoup-worker'), target);
      chmodSync(target, 0o755);
      if (await runsHere(target)) return `${name}, SHA-256 ${digest}`;
      problems.push(`${name} does not run on this machine`);
    } catch (error) {
      if (!(error instanceof BootstrapError) || (error instanceof NoPrebuiltError && !error.canDownload))
        throw error;
      problems.push(error.message);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  throw new NoPrebuiltError(problems.join('; '), true);
}

/**
 * The addresses of the prebuilt workers for this system and processor, the most likely one first.
 *
 * @param {string} packageDir
 * @param {string} [kernel]
 * @param {string} [arch]
 * @returns {string[]}
 */
export function prebuiltUrls(packageDir, kernel = release().split('.')[0] ?? '', arch = process.arch) {
  const { version, repository } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  const home = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  const base = process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL || `${home}/releases/download`;
  const kernels = [...new Set([kernel, ...PUBLISHED_KERNELS])];
  return kernels.map(
    (each) => `${base}/${version}/mediasoup-worker-${version}-linux-${arch}-kernel${each}.tgz`,
  );
}

/**
 * Why an archive is not even asked for; undefined if it may be. Where the checksums of this version are known, all
 * archives that its authors publish are among them. Where they are not, https vouches for the server.
 *
 * @param {string} url
 * @param {string | undefined} digest
 * @param {boolean} pinned
 * @returns {string | undefined}
 */
function trustProblem(url, digest, pinned) {
  if (digest !== undefined) return undefined;
  if (pinned) return `${nameOf(url)} is not among the archives that this version of Parley knows`;
  const { protocol, hostname, host } = new URL(url);
  if (protocol === 'https:' || hostname === '127.0.0.1' || hostname === 'localhost') return undefined;
  return `${host} is not asked over http for an archive whose SHA-256 is unknown`;
}

/**
 * Whether the checksums of the mediasoup version in use are known.
 *
 * @param {string} packageDir
 * @param {Readonly<Record<string, string>>} digests
 */
export function hasPins(packageDir, digests) {
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  return Object.keys(digests).some((name) => name.startsWith(`mediasoup-worker-${version}-`));
}

/**
 * The SHA-256 of the prebuilt archives, by their names.
 *
 * @returns {Record<string, string>}
 */
export function readDigests() {
  return JSON.parse(readFileSync(DIGESTS, 'utf8'));
}

/**
 * Downloads and unpacks one archive.
 *
 * @param {string} folder
 * @param {string} url
 * @param {string | undefined} pinned
 * @returns {Promise<string>} The SHA-256 of the archive, and whether it is known.
 */
async function fetchInto(folder, url, pinned) {
  const name = nameOf(url);
  const archive = join(folder, 'archive');
  const digest = await downloadArchive(url, archive);
  if (pinned && pinned !== digest)
    throw new BootstrapError(`${name} is not the one that this version of Parley knows (SHA-256 ${digest})`);
  const { status: unpacked } = await attempt('tar', ['-xzf', archive, '-C', folder, 'mediasoup-worker']);
  if (unpacked !== 0) throw new BootstrapError(`the archive ${name} is damaged`);
  return pinned
    ? `${digest}, as it must be`
    : `${digest}, which this version of Parley does not know beforehand`;
}

/**
 * @param {string} url
 * @param {string} file
 * @returns {Promise<string>} The SHA-256 of the archive.
 */
export async function downloadArchive(url, file) {
  const env = { ...process.env, ...proxyEnv(), NODE_USE_ENV_PROXY: '1' };
  const { status } = await attempt(MODERN_NODE, [DOWNLOAD, url, file], { env });
  if (status === 0) return createHash('sha256').update(readFileSync(file)).digest('hex');
  const name = nameOf(url);
  if (status === EXIT.unreachable) throw new NoPrebuiltError(unreachableWords(url), false);
  if (status === EXIT.missing) throw new BootstrapError(`${name} is not published`);
  throw new BootstrapError(
    `the download of ${name} ${status === EXIT.refused ? 'was refused' : 'broke off'}`,
  );
}

/** @param {string} url */
export function nameOf(url) {
  return url.slice(url.lastIndexOf('/') + 1);
}

/** @param {string} url */
function unreachableWords(url) {
  const proxy = shownProxy(url);
  const { host } = new URL(url);
  return proxy ? `${host} cannot be reached through the proxy ${proxy}` : `${host} cannot be reached`;
}
