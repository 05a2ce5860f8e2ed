import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What one installation owns: secrets, database, logs. */
export function dataDir(env = process.env) {
  return resolve(ROOT, env.PARLEY_DATA_DIR || '.parley');
}

/** What can be made again and is shared by all checkouts of a user. */
export function cacheDir(env = process.env) {
  if (env.PARLEY_CACHE_DIR) return resolve(ROOT, env.PARLEY_CACHE_DIR);
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'parley');
}

/** Node of the npm package `node`, which npm puts first on the PATH of scripts. */
export const MODERN_NODE = join(ROOT, 'node_modules', '.bin', 'node');
