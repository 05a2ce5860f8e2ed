// `npm run data`: exports what an installation stores into a file, and imports such a file.
import { join } from 'node:path';
import process from 'node:process';
import { explain } from './lib/bootstrap-error.mjs';
import { become } from './bootstrap/child.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { MODERN_NODE, ROOT } from './lib/paths.mjs';
import { Steps } from './lib/steps.mjs';

async function main() {
  await ensureDependencies(new Steps(process.stderr));
  const data = join(ROOT, 'scripts', 'launcher', 'data', 'main.ts');
  await become(
    MODERN_NODE,
    ['--disable-warning=ExperimentalWarning', data, ...process.argv.slice(2)],
    process.env,
  );
}

main().catch((error) => {
  process.stderr.write(`\nThe data cannot be moved: ${explain(error)}\n`);
  process.exit(1);
});
