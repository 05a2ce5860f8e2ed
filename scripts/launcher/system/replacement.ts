import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { LaunchError } from '../base/launch-error.ts';
import { readRunning } from './running-file.ts';

const NAME = 'replacement.json';
/** Each service may hand its people over first. */
const PATIENCE_MS = 15 * 60_000;
const LOOK_MS = 200;

/**
 * Asks the running launcher with this data directory to replace its services one after the other, and resolves when it has. Throws a LaunchError if none
 * runs or if a service is not ready again.
 */
export async function replaceRunning(dataDir: string, env: NodeJS.ProcessEnv): Promise<void> {
  const before = readRunning(dataDir);
  if (!before) throw new LaunchError(`Nothing runs with the data in ${dataDir}.`);
  const path = join(dataDir, NAME);
  rmSync(path, { force: true });
  writeFileSync(path, JSON.stringify({ UI_BUILD_DIR: env.UI_BUILD_DIR }), { mode: 0o600 });
  process.kill(before.pid, 'SIGUSR2');
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const running = readRunning(dataDir);
    if (!running) throw new LaunchError('It has ended meanwhile.');
    const { number = 0, problem = null } = running.replacement ?? {};
    if (number > (before.replacement?.number ?? 0)) {
      if (problem !== null) throw new LaunchError(problem);
      return;
    }
    await pause(LOOK_MS);
  }
  throw new LaunchError(`The services are not replaced after ${PATIENCE_MS / 60_000} minutes.`);
}

/** The variables that the new version has asked for. */
export function readReplacement(dataDir: string): { UI_BUILD_DIR?: string } {
  const { UI_BUILD_DIR } = JSON.parse(readFileSync(join(dataDir, NAME), 'utf8')) as Record<string, unknown>;
  return typeof UI_BUILD_DIR === 'string' ? { UI_BUILD_DIR } : {};
}
