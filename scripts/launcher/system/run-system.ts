import process from 'node:process';
import { watchStarters } from '../../bootstrap/child.mjs';
import { explain } from '../../lib/bootstrap-error.mjs';
import type { Steps } from '../../lib/steps.mjs';
import { LaunchError } from '../base/launch-error.ts';
import type { System } from './system.ts';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The main program of a launcher: creates and starts the system, replaces its services on SIGUSR2, and stops it on SIGINT, SIGTERM or SIGHUP. Ends
 * the process with 0, or with 1 and one message if the system cannot start. The system stops as well when its starter has ended.
 */
export async function runSystem(create: () => Promise<System>, steps: Steps): Promise<void> {
  let system: System | undefined;
  let isStopping = false;

  const stop = async (exitCode: number): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await system?.stop();
    process.exit(exitCode);
  };
  const fail = async (error: unknown): Promise<void> => {
    if (isStopping) return;
    const reason = error instanceof LaunchError ? error.message : explain(error);
    process.stderr.write(`\nParley cannot start: ${reason}\n`);
    await stop(1);
  };

  // The terminal may close before this process ends.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  process.on('unhandledRejection', (error) => void fail(error));
  process.on('uncaughtException', (error) => void fail(error));
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      if (!isStopping) steps.say(`\nStopping …`);
      void stop(0);
    });
  }
  watchStarters(() => process.kill(process.pid, 'SIGTERM'));
  process.on('SIGUSR2', () => void system?.replaceServices());
  try {
    system = await create();
    if (!isStopping) await system.start();
  } catch (error) {
    await fail(error);
  }
}
