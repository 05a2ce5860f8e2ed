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

/** Node of the npm package `node`, which npm puts first on the PATH of scripts. */
export const MODERN_NODE = join(ROOT, 'node_modules', '.bin', 'node');
