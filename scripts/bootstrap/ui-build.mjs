import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { run } from './command.mjs';
import { MODERN_NODE, ROOT } from './paths.mjs';

/** @typedef {import('./steps.mjs').Steps} Steps */

const UI = join(ROOT, 'ui');
const KEY_FILE = join(UI, '.next', 'parley-build-key');
const NOT_SOURCE = /^(node_modules|\.next.*|test|test-support|coverage|next-env\.d\.ts|.*\.tsbuildinfo)$/;

/**
 * Builds the UI for production if its sources changed since its last build.
 *
 * @param {Steps} steps
 */
export async function ensureUiBuild(steps) {
  const key = sourceKey();
  if (existsSync(KEY_FILE) && readFileSync(KEY_FILE, 'utf8') === key) return;
  await steps.run('Building the user interface (about half a minute, once)', async () => {
    const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
    const next = join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
    await run(MODERN_NODE, [next, 'build'], { cwd: UI, env, what: 'Building the user interface' });
    mkdirSync(join(UI, '.next'), { recursive: true });
    writeFileSync(KEY_FILE, key);
  });
}

function sourceKey() {
  const hash = createHash('sha256');
  const files = [...filesUnder(UI), ...filesUnder(join(ROOT, 'proto')), join(ROOT, 'package-lock.json')];
  for (const file of files.sort()) {
    hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
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
