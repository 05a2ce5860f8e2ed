import { delimiter, join } from 'node:path';
import process from 'node:process';
import { ensureConsul } from './consul.mjs';
import { ROOT } from '../lib/paths.mjs';
import { ensurePrograms } from './system-packages.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

// The tests use promtool, and break network connections with ip and nft.
const PROGRAMS = ['nginx', 'redis-server', 'prometheus', 'promtool', 'turnserver', 'nft', 'ip', 'openssl'];

export const INSTALL_ASLEEP = ['sh', join(ROOT, 'scripts', 'bootstrap', 'install-asleep.sh')];

/**
 * Installs the servers of the full stack and the tools of its tests. Starts none of them.
 *
 * @param {Steps} steps
 * @returns {Promise<Record<string, string>>} Environment variables by which the launcher finds the programs.
 */
export async function ensureInfrastructure(steps) {
  await ensurePrograms(PROGRAMS, 'the full stack', steps, INSTALL_ASLEEP);
  return { CONSUL_BIN: await ensureConsul(steps), PATH: pathWithServers(process.env.PATH ?? '') };
}

/**
 * Distributions install servers into folders that only root has on the search path. Returns the search path with those
 * folders.
 *
 * @param {string} path
 */
function pathWithServers(path) {
  const folders = path.split(delimiter);
  return [...folders, ...['/usr/sbin', '/sbin'].filter((folder) => !folders.includes(folder))].join(
    delimiter,
  );
}
