// Started by scripts/stack.mjs under a current Node.
import process from 'node:process';
import { Steps } from '../../lib/steps.mjs';
import { takeSecretFiles } from '../base/secret-files.ts';
import { runSystem } from '../system/run-system.ts';
import { System } from '../system/system.ts';
import { readStackConfig } from './stack-config.ts';
import { Stack } from './stack.ts';

const steps = new Steps();

await runSystem(async () => {
  takeSecretFiles(process.env);
  const config = readStackConfig(process.env, process.argv.slice(2));
  return await System.create(config.dataDir, steps, async () => new Stack(config));
}, steps);
