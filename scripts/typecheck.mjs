// Checks the types of every part; what has not changed since the last time is not checked again. The UI has its own compiler settings (JSX, the browser's library), so have the tests that look into pages and the log viewer's page.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { MODERN_NODE, ROOT } from './lib/paths.mjs';

const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const results = ['.', 'tests', 'services/logs/web', 'ui'].map((project) =>
  spawnSync(MODERN_NODE, [compiler, '--noEmit', '--incremental', '--project', project], {
    cwd: ROOT,
    stdio: 'inherit',
  }),
);
process.exit(results.every(({ status }) => status === 0) ? 0 : 1);
