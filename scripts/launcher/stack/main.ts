// Started by scripts/stack.mjs under a current Node.
import process from 'node:process';
import { explain } from '../../lib/bootstrap-error.mjs';
import { Steps } from '../../lib/steps.mjs';
import { LaunchError } from '../base/launch-error.ts';
import { takeSecretFiles } from '../base/secret-files.ts';
import { replaceRunning } from '../system/replacement.ts';
import { runSystem } from '../system/run-system.ts';
import { System } from '../system/system.ts';
import { readStackConfig } from './stack-config.ts';
import { Stack } from './stack.ts';

const REPLACE = '--replace';

const steps = new Steps();
const args = process.argv.slice(2);

if (args.includes(REPLACE)) {
  try {
    const { dataDir } = readStackConfig(process.env, []);
    await replaceRunning(dataDir, process.env);
    steps.say('Every service of the stack is replaced.');
  } catch (error) {
    const reason = error instanceof LaunchError ? error.message : explain(error);
    process.stderr.write(`\nThe stack is not replaced: ${reason}\n`);
    process.exitCode = 1;
  }
} else {
  await runSystem(async () => {
    takeSecretFiles(process.env);
    const config = readStackConfig(process.env, args);
    return await System.create(config.dataDir, steps, async () => new Stack(config));
  }, steps);
}
