// Started by scripts/stack.mjs under a current Node. The only place where the stack's parts meet.
import process from 'node:process';
import { Steps } from '../../lib/steps.mjs';
import { runSystem } from '../system/run-system.ts';
import { readStackConfig } from './stack-config.ts';
import { Stack } from './stack.ts';

const steps = new Steps();

await runSystem(() => Stack.create(readStackConfig(process.env, process.argv.slice(2)), steps), steps);
