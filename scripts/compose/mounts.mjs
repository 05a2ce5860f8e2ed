import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of the checkout that containers mount. */
export const MOUNTED = ['nginx', 'deploy', 'monitoring'];

const READ = 0o444;
const ENTER_OR_RUN = 0o111;
const OWNER_RUNS = 0o100;

/**
 * Lets everybody read the mounted folders: the users of containers own nothing in the checkout. After a checkout with a umask such as 077
 * only its owner could read them.
 *
 * @param {string} root The checkout.
 * @returns {string[]} What belongs to somebody else and is still not readable.
 */
export function makeMountsReadable(root) {
  return MOUNTED.flatMap((folder) => share(join(root, folder)));
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function share(path) {
  const found = statSync(path);
  const runs = found.isDirectory() || (found.mode & OWNER_RUNS) !== 0;
  const wanted = found.mode | READ | (runs ? ENTER_OR_RUN : 0);
  if (wanted !== found.mode && !tryChmod(path, wanted)) return [path];
  if (!found.isDirectory()) return [];
  return readdirSync(path).flatMap((name) => share(join(path, name)));
}

/**
 * @param {string} path
 * @param {number} mode
 */
function tryChmod(path, mode) {
  try {
    chmodSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
