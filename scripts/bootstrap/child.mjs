import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import process from 'node:process';
import { sparingSelf } from '../lib/proxy.mjs';

/** @type {readonly NodeJS.Signals[]} */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_CHECK_MS = 500;
const SETPRIV = '/usr/bin/setpriv';

/**
 * Runs a program in place of this process, for a program that watches its starters itself. A Node that cannot replace
 * its process stays as the parent of the program.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<never>}
 */
export async function turnInto(program, args, env) {
  const { execve } = /** @type {{ execve?: (file: string, args: string[], env: object) => never }} */ (
    process
  );
  if (execve === undefined) return become(program, args, env);
  return execve(program, [program, ...args], { ...env, ...sparingSelf(env) });
}

/**
 * Runs a program as a child that stands for this process: the program gets the terminal and the signals of
 * this process, and its exit code becomes the exit code of this process. The program ends when this process is
 * killed, and receives SIGTERM when the parent of this process has ended.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<never>}
 */
export function become(program, args, env) {
  const [command, ...rest] = existsSync(SETPRIV)
    ? [SETPRIV, '--pdeathsig', 'TERM', program, ...args]
    : [program, ...args];
  const child = spawn(command, rest, { env: { ...env, ...sparingSelf(env) }, stdio: 'inherit' });
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  watchStarters(() => child.kill('SIGTERM'));
  return new Promise((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)),
    );
  });
}

/**
 * Calls back once when one of those that started this process has ended.
 *
 * @param {() => void} onEnded
 */
export function watchStarters(onEnded) {
  const starters = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === starters) return;
    clearInterval(timer);
    onEnded();
  }, PARENT_CHECK_MS);
}

/**
 * The ids of the parent and of the parent's parent. npm runs this process through a shell, which stays when npm is
 * killed.
 */
function ancestors() {
  return `${process.ppid} ${parentOf(process.ppid)}`;
}

/** @param {number} pid */
function parentOf(pid) {
  try {
    return /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
