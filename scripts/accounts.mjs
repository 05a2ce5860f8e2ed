// `npm run accounts`: what an operator does with accounts at the machine itself, such as handing over a link for a new password.
import { join } from 'node:path';
import process from 'node:process';
import { explain } from './lib/bootstrap-error.mjs';
import { become } from './bootstrap/child.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { MODERN_NODE, ROOT } from './lib/paths.mjs';
import { Steps } from './lib/steps.mjs';

async function main() {
  await ensureDependencies(new Steps(process.stderr));
  const accounts = join(ROOT, 'scripts', 'launcher', 'accounts', 'main.ts');
  await become(
    MODERN_NODE,
    ['--disable-warning=ExperimentalWarning', accounts, ...process.argv.slice(2)],
    process.env,
  );
}

main().catch((error) => {
  process.stderr.write(`\nNothing was changed: ${explain(error)}\n`);
  process.exit(1);
});
