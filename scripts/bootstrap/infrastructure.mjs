import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { ensureConsul } from './consul.mjs';
import { ROOT } from '../lib/paths.mjs';
import { ensurePackages, ensurePrograms, hasApt } from './system-packages.mjs';

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
  const PATH = pathWithServers(process.env.PATH ?? '');
  if (hasApt() && lacksStreamModule(PATH))
    await ensurePackages(['libnginx-mod-stream'], 'the full stack', steps, INSTALL_ASLEEP);
  return { CONSUL_BIN: await ensureConsul(steps), PATH };
}

/**
 * nginx passes TURN on with its stream module. In Debian and Ubuntu that is a package of its own; elsewhere nginx/run.sh names it if it is
 * missing.
 *
 * @param {string} path The search path.
 */
function lacksStreamModule(path) {
  const { stderr } = spawnSync('nginx', ['-V'], { encoding: 'utf8', env: { ...process.env, PATH: path } });
  const folder = /--modules-path=(\S+)/.exec(stderr)?.[1] ?? '';
  return / --with-stream=dynamic( |$)/m.test(stderr) && !existsSync(join(folder, 'ngx_stream_module.so'));
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
