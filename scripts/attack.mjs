// `npm run attack`. Installs and builds what is missing as `npm start` does, then attacks servers of its own on this machine.
import { join } from 'node:path';
import process from 'node:process';
import { explain } from './lib/bootstrap-error.mjs';
import { become } from './bootstrap/child.mjs';
import { ensureChromium } from './bootstrap/browsers.mjs';
import { ensureInfrastructure } from './bootstrap/infrastructure.mjs';
import { MODERN_NODE, ROOT } from './lib/paths.mjs';
import { setUp } from './bootstrap/setup.mjs';
import { Steps } from './lib/steps.mjs';

const FLAGS = ['--disable-warning=ExperimentalWarning'];

async function main() {
  // Standard output belongs to the findings.
  const steps = new Steps(process.stderr);
  const { workerPath } = await setUp(steps, { uiBuild: true });
  const infrastructure = await ensureInfrastructure(steps);
  const CHROMIUM_PATH = await ensureChromium(steps);
  await become(MODERN_NODE, [...FLAGS, join(ROOT, 'attack', 'main.ts'), ...process.argv.slice(2)], {
    ...process.env,
    ...infrastructure,
    CHROMIUM_PATH,
    MEDIASOUP_WORKER_BIN: workerPath,
  });
}

main().catch((error) => {
  process.stderr.write(`\nThe attacks cannot start: ${explain(error)}\n`);
  process.exit(1);
});
