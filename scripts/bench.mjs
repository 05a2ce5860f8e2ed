// `npm run bench`. Installs and builds what is missing as `npm start` does, then measures under a current Node.
import { join } from 'node:path';
import process from 'node:process';
import { explain } from './lib/bootstrap-error.mjs';
import { become } from './bootstrap/child.mjs';
import { MODERN_NODE, ROOT } from './lib/paths.mjs';
import { setUp } from './bootstrap/setup.mjs';
import { Steps } from './lib/steps.mjs';

const FLAGS = ['--disable-warning=ExperimentalWarning'];

async function main() {
  // Standard output belongs to the figures.
  const { workerPath } = await setUp(new Steps(process.stderr), { uiBuild: true });
  await become(MODERN_NODE, [...FLAGS, join(ROOT, 'bench', 'main.ts'), ...process.argv.slice(2)], {
    ...process.env,
    MEDIASOUP_WORKER_BIN: workerPath,
  });
}

main().catch((error) => {
  process.stderr.write(`\nThe benchmark cannot start: ${explain(error)}\n`);
  process.exit(1);
});
