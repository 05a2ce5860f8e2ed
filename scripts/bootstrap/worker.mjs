import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { BootstrapError } from '../lib/bootstrap-error.mjs';
import { attempt } from '../lib/command.mjs';
import { ProcessLock } from '../lib/lock.mjs';
import { ROOT, cacheDir } from '../lib/paths.mjs';
import { buildWorker, buildKey } from './worker-build.mjs';
import { downloadPrebuilt } from './worker-prebuilt.mjs';

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
 * @returns {Promise<string>}
 */
export async function ensureWorker(steps) {
  const given = process.env.MEDIASOUP_WORKER_BIN;
  if (given) return checkGiven(given);
  const places = workerPlaces();
  const found = await firstRunning(places);
  if (found) return found;
  return await makeWorker(steps, places);
}

/** @param {string} path */
async function checkGiven(path) {
  if (await runsHere(path)) return path;
  throw new BootstrapError(
    `MEDIASOUP_WORKER_BIN names ${path}, which is no mediasoup worker that runs on this machine.`,
  );
}

/** @typedef {{ version: string, installed: string, prebuilt: string, built: string }} WorkerPlaces */

/** @returns {WorkerPlaces} */
function workerPlaces() {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_DIR, 'package.json'), 'utf8'));
  const base = join(cacheDir(), 'mediasoup-worker');
  return {
    version,
    installed: join(PACKAGE_DIR, 'worker', 'out', 'Release', BINARY),
    prebuilt: join(base, `${version}-prebuilt-${process.platform}-${process.arch}`, BINARY),
    built: join(base, `${version}-${buildKey(PACKAGE_DIR)}`, BINARY),
  };
}

/** @param {WorkerPlaces} places */
async function firstRunning(places) {
  for (const path of [places.installed, places.prebuilt, places.built]) {
    if (await runsHere(path)) return path;
  }
  return undefined;
}

/**
 * @param {Steps} steps
 * @param {WorkerPlaces} places
 * @returns {Promise<string>}
 */
async function makeWorker(steps, places) {
  const lock = await ProcessLock.acquire(places.built, (holder) =>
    steps.say(`Waiting for ${holder}, which is getting the mediasoup worker already.`),
  );
  try {
    // The process that held the lock before may have made the worker meanwhile.
    const found = await firstRunning(places);
    if (found) return found;
    if (await fetchPrebuilt(steps, places)) return places.prebuilt;
    await install(places.built, async (target) => {
      await buildWorker({ packageDir: PACKAGE_DIR, version: places.version, target, steps });
      if (!(await runsHere(target))) {
        throw new BootstrapError('The mediasoup worker was built, but does not run on this machine.');
      }
    });
    return places.built;
  } finally {
    lock.release();
  }
}

/**
 * @param {Steps} steps
 * @param {WorkerPlaces} places
 */
async function fetchPrebuilt(steps, places) {
  steps.say(`Looking for the prebuilt mediasoup worker ${places.version} …`);
  try {
    await install(places.prebuilt, async (target) => {
      await downloadPrebuilt(PACKAGE_DIR, target);
      if (!(await runsHere(target))) throw new BootstrapError('it does not run on this machine');
    });
    steps.say('  downloaded');
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    steps.say(`  not available (${reason}); building it from the package's source instead`);
    return false;
  }
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
