// `npm start` and `npm run dev`. Uses Node's built-ins only: it is what installs everything else.
import { join } from 'node:path';
import process from 'node:process';
import { explain } from './bootstrap/bootstrap-error.mjs';
import { become } from './bootstrap/child.mjs';
import { MODERN_NODE, ROOT, cacheDir } from './bootstrap/paths.mjs';
import { setUp } from './bootstrap/setup.mjs';
import { Steps } from './bootstrap/steps.mjs';

const LAUNCHER_FLAGS = [
  '--max-old-space-size=128',
  '--max-semi-space-size=1',
  '--disable-warning=ExperimentalWarning',
];

const stopSetup = () => process.exit(130);

async function main() {
  const isDev = process.argv.includes('--dev');
  process.once('SIGINT', stopSetup).once('SIGTERM', stopSetup).once('SIGHUP', stopSetup);
  const { workerPath, uiBuildDir } = await setUp(new Steps(), { uiBuild: !isDev });
  process.off('SIGINT', stopSetup).off('SIGTERM', stopSetup).off('SIGHUP', stopSetup);
  const launcher = join(ROOT, 'scripts', 'launcher', 'main.ts');
  await become(MODERN_NODE, [...LAUNCHER_FLAGS, launcher, ...(isDev ? ['--dev'] : [])], {
    ...process.env,
    MEDIASOUP_WORKER_BIN: workerPath,
    UI_BUILD_DIR: uiBuildDir,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(cacheDir(), 'compile-cache'),
  });
}

main().catch((error) => {
  process.stderr.write(`\nParley cannot start: ${explain(error)}\n`);
  process.exit(1);
});
