// `npm run attack` and `npm run faults`. Installs and builds what is missing as `npm start` does, then attacks or breaks a system of its own on
// this machine.
import { join } from 'node:path';
import process from 'node:process';
import { BootstrapError, explain } from './lib/bootstrap-error.mjs';
import { become } from './bootstrap/child.mjs';
import { ensureChromium } from './bootstrap/browsers.mjs';
import { ensureInfrastructure } from './bootstrap/infrastructure.mjs';
import { MODERN_NODE, ROOT } from './lib/paths.mjs';
import { setUp } from './bootstrap/setup.mjs';
import { Steps } from './lib/steps.mjs';

const FLAGS = ['--disable-warning=ExperimentalWarning'];
/** The folders with a program. */
const TRIALS = ['attack', 'faults'];

/** @param {readonly string[]} given */
async function main([trial = '', ...args]) {
  if (!TRIALS.includes(trial)) throw new BootstrapError(`say which: ${TRIALS.join(' or ')}`);
  // Standard output belongs to the findings.
  const steps = new Steps(process.stderr);
  const { workerPath } = await setUp(steps, { uiBuild: true });
  const infrastructure = await ensureInfrastructure(steps);
  const CHROMIUM_PATH = await ensureChromium(steps);
  await become(MODERN_NODE, [...FLAGS, join(ROOT, trial, 'main.ts'), ...args], {
    ...process.env,
    ...infrastructure,
    CHROMIUM_PATH,
    MEDIASOUP_WORKER_BIN: workerPath,
  });
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`\nThis cannot start: ${explain(error)}\n`);
  process.exit(1);
});
