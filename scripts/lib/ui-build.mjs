import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { run } from './command.mjs';
import { MODERN_NODE, ROOT } from './paths.mjs';

/** @typedef {import('./steps.mjs').Steps} Steps */

/** Names the folder of the build, relative to `ui/`, to `next build` and `next start`. */
const VARIABLE = 'UI_BUILD_DIR';
const BUILDS = join('.next', 'builds');
/** The build writes this file last: a folder without it is an interrupted build. */
const COMPLETE = 'parley-build-complete';
/**
 * The longest time between the end of a build and the start of the launcher that has the build in its environment.
 */
const LAUNCH_GRACE_MS = 60_000;
const NOT_SOURCE = /^(node_modules|\.next.*|test|test-support|coverage|next-env\.d\.ts|.*\.tsbuildinfo)$/;

/**
 * Builds the UI for production unless there is a build of exactly these sources. Each build has a folder of its
 * own, which does not change once the build is complete: a running system keeps serving the pages and scripts of
 * its start. Removes builds that no process uses.
 *
 * @param {Steps} steps
 * @param {string} [root]
 * @returns {Promise<string>} The folder of the build, relative to `ui/`.
 */
export async function ensureUiBuild(steps, root = ROOT) {
  const ui = join(root, 'ui');
  const key = sourceKey(root);
  const folder = join(BUILDS, key);
  const complete = join(ui, folder, COMPLETE);
  if (!existsSync(complete)) {
    await steps.run('Building the user interface (about half a minute, once)', async () => {
      await build(root, folder);
      writeFileSync(complete, '');
    });
  }
  const now = new Date();
  utimesSync(complete, now, now);
  for (const other of readdirSync(join(ui, BUILDS))) {
    const path = join(ui, BUILDS, other);
    if (other !== key && !isUsed(join(BUILDS, other), join(path, COMPLETE))) {
      rmSync(path, { recursive: true, force: true });
    }
  }
  return folder;
}

/**
 * @param {string} root
 * @param {string} folder
 */
async function build(root, folder) {
  const ui = join(root, 'ui');
  rmSync(join(ui, folder), { recursive: true, force: true });
  mkdirSync(join(ui, folder), { recursive: true });
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', [VARIABLE]: folder };
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  await run(MODERN_NODE, [next, 'build'], { cwd: ui, env, what: 'Building the user interface' });
  // Only another build in the same folder would read the cache.
  rmSync(join(ui, folder, 'cache'), { recursive: true, force: true });
}

/**
 * Whether a process was started with this build, or is about to be.
 *
 * @param {string} folder
 * @param {string} complete
 */
function isUsed(folder, complete) {
  if (!existsSync(complete)) return false;
  if (Date.now() - statSync(complete).mtimeMs < LAUNCH_GRACE_MS) return true;
  return readdirSync('/proc').some(
    (pid) => /^\d+$/.test(pid) && environmentOf(pid).includes(`${VARIABLE}=${folder}`),
  );
}

/**
 * @param {string} pid
 * @returns {string[]} Empty if the process has ended or belongs to another user.
 */
function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** @param {string} root */
function sourceKey(root) {
  const hash = createHash('sha256');
  const files = [
    ...filesUnder(join(root, 'ui')),
    ...filesUnder(join(root, 'proto')),
    join(root, 'package-lock.json'),
  ];
  for (const file of files.sort()) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_SOURCE.test(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : entry.isFile() ? [path] : [];
  });
}
