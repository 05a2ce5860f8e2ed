import { join } from 'node:path';
import process from 'node:process';
import { explain } from '../lib/bootstrap-error.mjs';
import { turnInto } from './child.mjs';
import { MODERN_NODE, ROOT, cacheDir } from '../lib/paths.mjs';
import { setUp } from './setup.mjs';
import { Steps } from '../lib/steps.mjs';

const LAUNCHER_FLAGS = [
  '--max-old-space-size=128',
  '--max-semi-space-size=1',
  '--disable-warning=ExperimentalWarning',
];

const stopSetup = () => process.exit(130);

/**
 * Sets up what is missing, then runs a launcher under a current Node in place of this process. Never resolves.
 *
 * @param {string} main The launcher's main program, below scripts/.
 * @param {{ uiBuild: boolean, prepare?: (steps: Steps) => Promise<Record<string, string>> }} options `prepare` sets
 *   up what this launcher needs in addition, and returns environment variables for it.
 */
export async function launch(main, { uiBuild, prepare }) {
  // The rights of files are those that the code names. With a umask such as 077 the users of the services could not read what is for them.
  process.umask(0o022);
  try {
    const steps = new Steps();
    process.once('SIGINT', stopSetup).once('SIGTERM', stopSetup).once('SIGHUP', stopSetup);
    const { workerPath, uiBuildDir } = await setUp(steps, { uiBuild });
    const prepared = await prepare?.(steps);
    process.off('SIGINT', stopSetup).off('SIGTERM', stopSetup).off('SIGHUP', stopSetup);
    await turnInto(MODERN_NODE, [...LAUNCHER_FLAGS, join(ROOT, 'scripts', main), ...process.argv.slice(2)], {
      ...process.env,
      ...prepared,
      MEDIASOUP_WORKER_BIN: workerPath,
      UI_BUILD_DIR: uiBuildDir,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(cacheDir(), 'compile-cache'),
    });
  } catch (error) {
    process.stderr.write(`\nParley cannot start: ${explain(error)}\n`);
    process.exit(1);
  }
}
