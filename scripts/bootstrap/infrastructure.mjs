import { delimiter, join } from 'node:path';
import process from 'node:process';
import { ensurePackages } from './apt.mjs';
import { ensureConsul } from './consul.mjs';
import { ROOT } from '../lib/paths.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

// prometheus brings promtool, iproute2 and nftables the network that tests break.
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
 * Installs what the full stack runs on and what the tests need of it. Nothing of it is started here.
 *
 * @param {Steps} steps
 * @returns {Promise<Record<string, string>>} The variables by which the programs are found.
 */
export async function ensureInfrastructure(steps) {
  await ensurePackages(PACKAGES, 'the full stack', steps, INSTALL_ASLEEP);
  return { CONSUL_BIN: await ensureConsul(steps), PATH: pathWithServers(process.env.PATH ?? '') };
}

/**
 * Debian keeps servers where only root's search path leads.
 *
 * @param {string} path
 */
function pathWithServers(path) {
  const folders = path.split(delimiter);
  return [...folders, ...['/usr/sbin', '/sbin'].filter((folder) => !folders.includes(folder))].join(
    delimiter,
  );
}
