import { spawn } from 'node:child_process';
import process from 'node:process';
import { BootstrapError } from './bootstrap-error.mjs';

const TAIL_LINES = 40;
const MAX_OUTPUT_CHARS = 1_000_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});

/**
 * @typedef {object} CommandResult
 * @property {number} status Exit code; 128 and more for a signal.
 * @property {string} output Standard output and error as they came.
 */

/**
 * Runs a program to its end and never throws for its exit code.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, inherit?: boolean }} [options]
 * @returns {Promise<CommandResult>}
 */
export function attempt(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let partialLine = '';
    /** @param {Buffer} chunk */
    const collect = (chunk) => {
      const text = chunk.toString();
      if (output.length < MAX_OUTPUT_CHARS) output += text;
      const lines = (partialLine + text).split('\n');
      partialLine = lines.pop() ?? '';
      for (const line of lines) options.onLine?.(line);
    };
    running.add(child);
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', (error) => {
      running.delete(child);
      reject(error);
    });
    child.once('close', (code) => {
      running.delete(child);
      resolve({ status: code ?? 128, output });
    });
  });
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
