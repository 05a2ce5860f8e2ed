// `npm run doctor`: says in words what is wrong with a running Parley, and what to do.
import { join } from 'node:path';
import process from 'node:process';
import { explain } from './lib/bootstrap-error.mjs';
import { become } from './bootstrap/child.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { MODERN_NODE, ROOT } from './lib/paths.mjs';
import { Steps } from './lib/steps.mjs';

async function main() {
  await ensureDependencies(new Steps(process.stderr));
  const doctor = join(ROOT, 'scripts', 'doctor', 'main.ts');
  await become(
    MODERN_NODE,
    ['--disable-warning=ExperimentalWarning', doctor, ...process.argv.slice(2)],
    process.env,
  );
}

main().catch((error) => {
  process.stderr.write(`\nThe doctor cannot come: ${explain(error)}\n`);
  process.exit(2);
});
