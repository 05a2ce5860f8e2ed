import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The folder of one installation: its secrets, database and logs. */
export function dataDir(env = process.env) {
  return resolve(ROOT, env.PARLEY_DATA_DIR || '.parley');
}

/** The folder for downloads and builds that all checkouts of a user share. Everything in it can be made again. */
export function cacheDir(env = process.env) {
  if (env.PARLEY_CACHE_DIR) return resolve(ROOT, env.PARLEY_CACHE_DIR);
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'parley');
}

/** The first Node that runs the services: it reads their TypeScript. */
const LEAST_NODE = 24;

/**
 * Whether a Node runs the services.
 *
 * @param {{ version: string, typescript: unknown }} node `typescript` is its `process.features.typescript`.
 */
export function isModern({ version, typescript }) {
  return Number(version.replace(/^v/, '').split('.')[0]) >= LEAST_NODE && Boolean(typescript);
}

/** Whether the Node of this process runs the services itself, so that no other one has to be fetched. */
export const HAS_MODERN_NODE = isModern({
  version: process.version,
  typescript: /** @type {{ typescript?: unknown }} */ (process.features).typescript,
});

/** Node of the npm package `node`, which npm puts first on the PATH of scripts. It is not there where the system's Node does. */
const FETCHED_NODE = join(ROOT, 'node_modules', '.bin', 'node');

/** The Node that runs everything besides the set-up. */
export const MODERN_NODE = HAS_MODERN_NODE ? process.execPath : FETCHED_NODE;
