import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { BootstrapError } from '../lib/bootstrap-error.mjs';
import { attempt } from '../lib/command.mjs';
import { ProcessLock } from '../lib/lock.mjs';
import { ROOT, cacheDir } from '../lib/paths.mjs';
import { hasApt } from './system-packages.mjs';
import { buildAsAuthors } from './worker-authors.mjs';
import { buildWorker, buildKey } from './worker-build.mjs';
import { downloadPrebuilt, hasPins, NoPrebuiltError, readDigests } from './worker-prebuilt.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

const BINARY = 'mediasoup-worker';
const PACKAGE_DIR = join(ROOT, 'node_modules', 'mediasoup');

// Without its version in the environment the worker exits with this code. The code proves that the program is the
// worker and that it finds its libraries on this machine.
const EXIT_CODE_WITHOUT_VERSION = 41;

/**
 * Returns the path of a mediasoup worker that runs on this machine. Downloads or builds one if there is none.
 *
 * @param {Steps} steps
 * @param {string} [packageDir] That of mediasoup.
 * @param {Readonly<Record<string, string>>} [digests] The known SHA-256 of prebuilt archives, by their names.
 * @returns {Promise<string>}
 */
export async function ensureWorker(steps, packageDir = PACKAGE_DIR, digests = readDigests()) {
  const given = process.env.MEDIASOUP_WORKER_BIN;
  if (given) return checkGiven(given);
  const places = workerPlaces(packageDir, digests);
  return (await firstRunning(places)) ?? (await makeWorker(steps, places, packageDir));
}

/** @param {string} path */
async function checkGiven(path) {
  if (await runsHere(path)) return path;
  throw new BootstrapError(
    `MEDIASOUP_WORKER_BIN names ${path}, which is no mediasoup worker that runs on this machine.`,
  );
}

/** @typedef {{ version: string, digests: Readonly<Record<string, string>>, isPinned: boolean, installed: string, prebuilt: string, authors: string, built: string }} WorkerPlaces */

/**
 * Once the checksums of a version are known, a worker that was downloaded without them is not used any more: neither an
 * earlier one in the cache nor one that mediasoup's own install script brought.
 *
 * @param {string} packageDir
 * @param {Readonly<Record<string, string>>} digests
 * @returns {WorkerPlaces}
 */
function workerPlaces(packageDir, digests) {
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  const base = join(cacheDir(), 'mediasoup-worker');
  const system = `${process.platform}-${process.arch}`;
  const isPinned = hasPins(packageDir, digests);
  return {
    version,
    digests,
    isPinned,
    installed: join(packageDir, 'worker', 'out', 'Release', BINARY),
    prebuilt: join(base, `${version}-${isPinned ? 'checked' : 'prebuilt'}-${system}`, BINARY),
    authors: join(base, `${version}-authors-${system}`, BINARY),
    built: join(base, `${version}-${buildKey(packageDir)}`, BINARY),
  };
}

/** @param {WorkerPlaces} places */
async function firstRunning({ isPinned, installed, prebuilt, authors, built }) {
  for (const path of [...(isPinned ? [] : [installed]), prebuilt, authors, built]) {
    if (await runsHere(path)) return path;
  }
  return undefined;
}

/**
 * @param {Steps} steps
 * @param {WorkerPlaces} places
 * @param {string} packageDir
 * @returns {Promise<string>}
 */
async function makeWorker(steps, places, packageDir) {
  const lock = await ProcessLock.acquire(places.built, (holder) =>
    steps.say(`Waiting for ${holder}, which is getting the mediasoup worker already.`),
  );
  try {
    // The process that held the lock before may have made the worker meanwhile.
    const found = await firstRunning(places);
    if (found) return found;
    const problem = await fetchPrebuilt(steps, places, packageDir);
    if (!problem) return places.prebuilt;
    // The authors' own build downloads its libraries from the server of the prebuilt worker.
    const refusal = problem.canDownload ? await tryAuthorsBuild(steps, places, packageDir) : undefined;
    if (problem.canDownload && !refusal) return places.authors;
    if (!hasApt()) throw noWorker(problem, refusal);
    await buildHere(steps, places, packageDir);
    return places.built;
  } finally {
    lock.release();
  }
}

/**
 * @param {Steps} steps
 * @param {WorkerPlaces} places
 * @param {string} packageDir
 * @returns {Promise<NoPrebuiltError | undefined>} The reason if there is none.
 */
async function fetchPrebuilt(steps, places, packageDir) {
  steps.say(`Looking for the prebuilt mediasoup worker ${places.version} (3 MB) …`);
  try {
    await install(places.prebuilt, async (target) => {
      steps.say(`  downloaded: ${await downloadPrebuilt(packageDir, target, runsHere, places.digests)}`);
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof NoPrebuiltError)) throw error;
    steps.say(`  not available (${error.message}); building it from the package's source instead`);
    return error;
  }
}

/**
 * @param {Steps} steps
 * @param {WorkerPlaces} places
 * @param {string} packageDir
 * @returns {Promise<string | undefined>} The reason if it did not work.
 */
async function tryAuthorsBuild(steps, places, packageDir) {
  try {
    await install(places.authors, async (target) => {
      await buildAsAuthors({ packageDir, built: places.installed, target, steps });
      if (!(await runsHere(target))) throw new BootstrapError('what was built does not run on this machine');
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    const lines = error.message.split('\n');
    const reason = [lines[0], ...lines.slice(1).slice(-1)].join(' … ');
    steps.say(`  mediasoup's own build did not work: ${reason}`);
    return reason;
  }
}

/**
 * @param {Steps} steps
 * @param {WorkerPlaces} places
 * @param {string} packageDir
 */
async function buildHere(steps, places, packageDir) {
  await install(places.built, async (target) => {
    await buildWorker({ packageDir, version: places.version, target, steps });
    if (!(await runsHere(target))) {
      throw new BootstrapError('The mediasoup worker was built, but does not run on this machine.');
    }
  });
}

/**
 * @param {NoPrebuiltError} problem
 * @param {string | undefined} refusal
 */
function noWorker(problem, refusal) {
  const reasons = [
    `No prebuilt worker: ${problem.message}.`,
    ...(refusal ? [`mediasoup's own build: ${refusal}`] : []),
  ];
  return new BootstrapError(
    [
      'There is no mediasoup worker for this machine.',
      ...reasons.map((reason) => `  ${reason}`),
      'Get a worker of this version elsewhere (mediasoup publishes them with its releases) and start with MEDIASOUP_WORKER_BIN=/path/to/mediasoup-worker.',
    ].join('\n'),
  );
}

/**
 * Calls `make` with a temporary path beside the final one, and moves the file to its place when it is complete.
 *
 * @param {string} path
 * @param {(target: string) => Promise<void>} make
 */
async function install(path, make) {
  mkdirSync(dirname(path), { recursive: true });
  const target = `${path}.${process.pid}.part`;
  try {
    await make(target);
    renameSync(target, path);
  } finally {
    rmSync(target, { force: true });
  }
}

/** @param {string} path */
async function runsHere(path) {
  const result = await attempt(path, [], { env: {} }).catch(() => undefined);
  return result?.status === EXIT_CODE_WITHOUT_VERSION;
}
