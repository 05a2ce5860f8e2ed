// Started by scripts/start.mjs under a current Node.
import process from 'node:process';
import { Steps } from '../../lib/steps.mjs';
import { takeSecretFiles } from '../base/secret-files.ts';
import { runSystem } from '../system/run-system.ts';
import { System } from '../system/system.ts';
import { SingleMachine } from './single-machine.ts';
import { readOptions, readStartConfig } from './start-config.ts';

const steps = new Steps();

await runSystem(async () => {
  takeSecretFiles(process.env);
  const config = readStartConfig(process.env, readOptions(process.argv.slice(2)));
  return await System.create(config.dataDir, steps, () => SingleMachine.create(config));
}, steps);
