// Started by scripts/start.mjs under a current Node. The only place where the launcher's parts meet.
import process from 'node:process';
import { Steps } from '../../lib/steps.mjs';
import { readLauncherConfig, readOptions } from './start-config.ts';
import { runSystem } from '../system/run-system.ts';
import { System } from './system.ts';

const steps = new Steps();

await runSystem(
  () => System.create(readLauncherConfig(process.env, readOptions(process.argv.slice(2))), steps),
  steps,
);
