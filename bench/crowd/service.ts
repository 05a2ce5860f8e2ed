import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { freePort, waitFor } from '@parley/common/testing';
import { processTree, proportionalSetSize } from '../../tests/harness/machine/processes.ts';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { end } from '../processes.ts';

export type Service = { child: ChildProcess; adminPort: number };

/** Starts a service as a process and waits until it is ready. */
export async function startService(
  name: 'media' | 'signaling',
  env: Record<string, string>,
): Promise<Service> {
  const adminPort = await freePort();
  const main = join(ROOT, 'services', name, 'src', 'main.ts');
  const { NODE_OPTIONS: _own, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: {
      ...inherited,
      LOG_LEVEL: 'error',
      [`${name.toUpperCase()}_ADMIN_PORT`]: String(adminPort),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await waitFor(async () => (await fetch(`http://127.0.0.1:${adminPort}/readyz`)).ok, {
      timeoutMs: 30_000,
      what: `${name} is ready`,
    });
  } catch (error) {
    await end(child, 'SIGKILL');
    throw error;
  }
  return { child, adminPort };
}

/** In MiB: what a process and its descendants have for themselves. */
export function memoryOf({ pid }: ChildProcess): number {
  const bytes = processTree(pid ?? -1).reduce((sum, process) => sum + proportionalSetSize(process.pid), 0);
  return Math.round(bytes / 2 ** 20);
}
