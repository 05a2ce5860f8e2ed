import process from 'node:process';
import { explain } from '../../lib/bootstrap-error.mjs';
import type { Steps } from '../../lib/steps.mjs';
import { LaunchError } from '../base/launch-error.ts';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a launcher's main program runs until it is asked to stop. */
export interface Runnable {
  start(): Promise<void>;
  /** Must also work while it starts. */
  stop(): Promise<void>;
}

/**
 * The body of a launcher's main program: makes and starts the system, stops it on Ctrl-C and the like, ends the process
 * with 0, or with 1 and one message when the system cannot start.
 */
export async function runSystem(create: () => Promise<Runnable>, steps: Steps): Promise<void> {
  let system: Runnable | undefined;
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

  // The terminal may be gone before we are.
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
  try {
    system = await create();
    if (!isStopping) await system.start();
  } catch (error) {
    await fail(error);
  }
}
