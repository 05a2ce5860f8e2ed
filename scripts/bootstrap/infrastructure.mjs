import { delimiter, join } from 'node:path';
import process from 'node:process';
import { ensurePackages } from './apt.mjs';
import { ensureConsul } from './consul.mjs';
import { ROOT } from '../lib/paths.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

// The tests use promtool, which is in the package prometheus, and break network connections with iproute2 and
// nftables.
const PACKAGES = [
  'nginx',
  'redis-server',
  'prometheus',
  'coturn',
  'postgresql',
  'nftables',
  'iproute2',
  'openssl',
];

export const INSTALL_ASLEEP = ['sh', join(ROOT, 'scripts', 'bootstrap', 'install-asleep.sh')];

/**
 * Installs the servers of the full stack and the tools of its tests. Starts none of them.
 *
 * @param {Steps} steps
 * @returns {Promise<Record<string, string>>} Environment variables by which the launcher finds the programs.
 */
export async function ensureInfrastructure(steps) {
  await ensurePackages(PACKAGES, 'the full stack', steps, INSTALL_ASLEEP);
  return { CONSUL_BIN: await ensureConsul(steps), PATH: pathWithServers(process.env.PATH ?? '') };
}

/**
 * Debian installs servers into folders that only root has on the search path. Returns the search path with those
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
