// Started by scripts/start.mjs under a current Node. The only place where the launcher's parts meet.
import process from 'node:process';
import { explain } from '../bootstrap/bootstrap-error.mjs';
import { Steps } from '../bootstrap/steps.mjs';
import { readLauncherConfig } from './launcher-config.ts';
import { LaunchError } from './launch-error.ts';
import { System } from './system.ts';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const steps = new Steps();
let system: System | undefined;
let isStopping = false;

async function stop(exitCode: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await system?.stop();
  process.exit(exitCode);
}

async function fail(error: unknown): Promise<void> {
  if (isStopping) return;
  const reason = error instanceof LaunchError ? error.message : explain(error);
  process.stderr.write(`\nParley cannot start: ${reason}\n`);
  await stop(1);
}

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
  const config = readLauncherConfig(process.env, process.argv.includes('--dev'));
  system = await System.create(config, steps);
  if (!isStopping) await system.start();
} catch (error) {
  await fail(error);
}
