import { spawn } from 'node:child_process';
import process from 'node:process';
import { BootstrapError } from './bootstrap-error.mjs';

const TAIL_LINES = 40;
const MAX_OUTPUT_CHARS = 1_000_000;

/** @type {Set<() => void>} */
const running = new Set();

process.on('exit', () => {
  for (const end of running) end();
});

/**
 * @typedef {object} CommandResult
 * @property {number} status Exit code; 128 and more for a signal.
 * @property {string} output Standard output and error as they came.
 */

/**
 * Runs a program to its end. Throws if the program cannot be started, never for its exit code.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, inherit?: boolean, ownGroup?: boolean, onLine?: (line: string)
 *   => void }} [options] `inherit`: the program uses the terminal of this process. `ownGroup`: when this process
 *   ends, the processes that the program has started end too.
 * @returns {Promise<CommandResult>}
 */
export function attempt(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      detached: options.ownGroup === true,
    });
    let output = '';
    let line = '';
    /** @param {Buffer} chunk */
    const collect = (chunk) => {
      if (output.length < MAX_OUTPUT_CHARS) output += chunk.toString();
      const lines = (line + chunk.toString()).split('\n');
      line = lines.pop() ?? '';
      if (options.onLine) lines.forEach(options.onLine);
    };
    const end = () => endChild(child, options.ownGroup === true);
    running.add(end);
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', (error) => {
      running.delete(end);
      reject(error);
    });
    child.once('close', (code) => {
      running.delete(end);
      resolve({ status: code ?? 128, output });
    });
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {boolean} ownGroup
 */
function endChild(child, ownGroup) {
  if (child.pid === undefined) return;
  try {
    process.kill(ownGroup ? -child.pid : child.pid, 'SIGTERM');
  } catch {
    // The program has just ended by itself.
  }
}

/**
 * Runs a program that must succeed.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Parameters<typeof attempt>[2] & { what?: string }} [options] `what` names the work in the error message.
 * @returns {Promise<string>} Its output.
 */
export async function run(program, args, options = {}) {
  const { status, output } = await attempt(program, args, options);
  if (status === 0) return output;
  const tail = output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  const what = options.what ?? `${program} ${args.join(' ')}`;
  throw new BootstrapError(`${what} failed (exit code ${status}).\n${tail}`.trimEnd());
}
