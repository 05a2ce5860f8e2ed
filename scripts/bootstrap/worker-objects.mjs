import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../lib/command.mjs';

/** @typedef {import('../lib/steps.mjs').Steps} Steps */

/** A compiler that crashes does so for one source or two. If more fail, the reason is another one, and no second try helps. */
const SECOND_TRIES_MAX = 2;

/**
 * Compiles each source into an object file, several at once. A compiler may crash although the source is right, of a lack of memory for
 * example: what failed is compiled once more at the end, with no other compiler beside it.
 *
 * @param {{ folder: string, sources: readonly string[], flags: readonly string[], jobs: number, steps: Steps }} options
 *   `sources`: relative to the folder `worker` in `folder`. Objects that are there already stay as they are.
 * @returns {Promise<string[]>} The object files, relative to `folder`.
 */
export async function compileObjects({ folder, sources, flags, jobs, steps }) {
  const queue = Array.from(sources);
  /** @type {string[]} */
  const failed = [];
  let done = 0;
  /** @param {string} file */
  const compile = async (file) => {
    await compileOne(folder, file, flags);
    steps.progress('compiled', (done += 1), sources.length);
  };
  const compiler = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      try {
        await compile(file);
      } catch (error) {
        failed.push(file);
        if (failed.length <= SECOND_TRIES_MAX) continue;
        queue.length = 0;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, compiler));
  for (const file of failed) {
    steps.say(`  compiling ${file} once more, alone`);
    await compile(file);
  }
  return sources.map(objectOf);
}

/** @param {string} file */
function objectOf(file) {
  return join('objects', `${file}.o`);
}

/**
 * @param {string} folder
 * @param {string} file
 * @param {readonly string[]} flags
 */
async function compileOne(folder, file, flags) {
  const object = objectOf(file);
  const path = join(folder, object);
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const part = `${object}.part`;
  await run('g++', [...flags, '-c', join('worker', file), '-o', part], {
    cwd: folder,
    what: `Compiling ${file}`,
    ownGroup: true,
  });
  renameSync(join(folder, part), path);
}
