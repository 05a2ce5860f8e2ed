import { spawn } from 'node:child_process';
import type { StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';

/**
 * Runs a command-line tool of a service on this terminal, and resolves with its exit code. `env` has the variables that this process
 * does not have itself.
 */
export async function runServiceTool(
  path: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  stdio: StdioOptions = 'inherit',
): Promise<number> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...args], {
    env: { ...process.env, ...env },
    stdio,
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
